import { everyCallMayFailWith } from '../errors/codes.ts';
import { AppError } from '../errors/errors.ts';
import { toWire } from '../errors/wire.ts';
import type { Contract, Handlers } from './define-contract.ts';
import type { Answer } from './envelope.ts';

/** Where a router tells about faults of the program; the page learns only `internal.defect`. */
export interface DefectLog {
  error(event: string, fields: { readonly method: string; readonly code?: string; readonly error: unknown }): void;
}

export interface RouterOptions {
  /** The gate every call passes after its input was parsed; throws `permission.denied`. */
  readonly checkAccess?: (name: string, input: unknown) => Promise<void>;
  readonly log: DefectLog;
  /** Parse what handlers return as well: in tests and development. */
  readonly checkOutput?: boolean;
}

export type Reply = Exclude<Answer, { kind: 'event' }>;
export type Route = (id: number, name: string, input: unknown, signal: AbortSignal) => Promise<Reply>;

/**
 * The path of every call: known name, valid input, permitted, handled, wrapped.
 * It never rejects, so no transport has to know how to carry an exception.
 */
export function createRouter<C extends Contract>(contract: C, handlers: Handlers<C>, options: RouterOptions): Route {
  const { log, checkAccess, checkOutput } = options;
  return async (id, name, input, signal) => {
    const method = Object.hasOwn(contract.methods, name) ? contract.methods[name] : undefined;
    try {
      if (!method) throw new AppError('input.invalid', { method: name });
      const parsed = method.input.safeParse(input);
      if (!parsed.success) {
        const at = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
        throw new AppError('input.invalid', { method: name, at });
      }
      await checkAccess?.(name, parsed.data);
      // Cancelled while the gate was asked: a handler that only listens would wait for ever.
      if (signal.aborted) throw new AppError('cancelled');
      const handle = handlers[name as keyof typeof handlers] as (
        input: unknown,
        signal: AbortSignal,
      ) => Promise<unknown>;
      const value = await handle(parsed.data, signal);
      return { kind: 'value', id, value: checkOutput ? method.output.parse(value) : value };
    } catch (error) {
      const declared = [...everyCallMayFailWith, ...(method?.errors ?? [])];
      const wire = toWire(error);
      if (wire.code === 'internal.defect') log.error('defect', { method: name, error });
      else if (!declared.includes(wire.code)) log.error('undeclared error', { method: name, code: wire.code, error });
      return { kind: 'error', id, error: wire };
    }
  };
}
