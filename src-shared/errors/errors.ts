import type { ErrorCode } from './codes.ts';

/** Values for the translated sentence; never a secret, never text of a letter. */
export type ErrorParams = Readonly<Record<string, string | number>>;

/** A failure we expected could happen. Anything else that is thrown is a defect. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${String(value)}`);
}
