import { z } from 'zod';
import { type LoggableError, loggableError } from '../logs/loggable-error.ts';
import type { LogFields } from '../logs/logs.ts';

const errorSchema: z.ZodType<LoggableError> = z.object({
  name: z.string(),
  code: z.string().optional(),
  message: z.string().optional(),
  stack: z.array(z.string()),
  get cause() {
    return errorSchema.optional();
  },
});
const faultSchema = z.object({
  event: z.string(),
  method: z.string().optional(),
  code: z.string().optional(),
  error: errorSchema,
});

interface Fault {
  readonly method?: string;
  readonly code?: string;
  readonly error: unknown;
}

/** One line of JSON for the parent's log: what failed and where, never what was in it. */
export function writeFault(event: string, { method, code, error }: Fault): string {
  return JSON.stringify({ event, method, code, error: loggableError(error) });
}

/** A line of the store process as the log takes it; of what the runtime itself wrote there nothing is known to be harmless. */
export function readFault(line: string): LogFields {
  try {
    const { event, error, ...fields } = faultSchema.parse(JSON.parse(line));
    return { ...fields, state: event, error: revive(error) };
  } catch {
    return { state: 'no fault of ours' };
  }
}

function revive({ name, code, message = '', stack, cause }: LoggableError): Error {
  const error = new Error(message, cause && { cause: revive(cause) });
  return Object.assign(error, { name, stack: stack.map((frame) => `    ${frame}`).join('\n') }, code && { code });
}
