import { AppError } from '../../src-shared/errors/errors.ts';
import { redactHome } from './redact.ts';

/** What a log keeps of an error. */
export interface LoggableError {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack: readonly string[];
  readonly cause?: LoggableError;
}

/** A chain of causes may be a ring. */
const deepestCause = 5;
const mostFrames = 20;

/**
 * An error's message is foreign text: servers put addresses into it, parsers quote what they read. It is left out, except those that the
 * JavaScript engine makes itself of names in our own source; they carry no `code`, which Node's own quoting ones do.
 */
export function loggableError(error: unknown, depth = 0): LoggableError {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const cause = error.cause;
  return {
    name: /^\w{1,60}$/.test(error.name) ? error.name : 'Error',
    code: codeOf(error),
    message: isOfEngine(error) ? error.message : undefined,
    stack: framesOf(error),
    cause: cause === undefined || depth >= deepestCause ? undefined : loggableError(cause, depth + 1),
  };
}

function codeOf(error: Error): string | undefined {
  if (error instanceof AppError) return error.code;
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : undefined;
}

function isOfEngine(error: Error): boolean {
  const mayBe = error.name === 'TypeError' || error.name === 'ReferenceError';
  return (
    mayBe &&
    !('code' in error) &&
    /^(Cannot read properties of|[\w.$]+ is not |Assignment to constant)/.test(error.message)
  );
}

function framesOf(error: Error): string[] {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  // The message stands before the frames and may imitate one.
  const head = stack.indexOf(error.message);
  const after = head >= 0 ? stack.slice(head + error.message.length) : stack;
  return after
    .split('\n')
    .filter((line) => /^ {4}at .*(:\d+:\d+\)?|<anonymous>\)?|\(native\))$/.test(line))
    .slice(0, mostFrames)
    .map((line) => redactHome(line.trim()));
}
