import type { ErrorCode } from '../errors/codes.ts';
import { AppError } from '../errors/errors.ts';
import { fromWire } from '../errors/wire.ts';
import type { Client, Contract, EventName, Input, MethodName, Output, Payload } from './define-contract.ts';
import type { Answer, ClientPipe } from './envelope.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * The asking side of any boundary. When the pipe closes, every pending call fails with `closedCode`:
 * nobody waits for an answer that cannot come.
 */
export function createClient<C extends Contract>(pipe: ClientPipe, closedCode: ErrorCode): Client<C> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let nextId = 1;
  let closed = false;

  pipe.onMessage((answer: Answer) => {
    if (answer.kind === 'event') {
      for (const listener of listeners.get(answer.name) ?? []) listener(answer.payload);
      return;
    }
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.kind === 'value') caller?.resolve(answer.value);
    else caller?.reject(fromWire(answer.error));
  });
  pipe.onClose(() => {
    closed = true;
    for (const caller of waiting.values()) caller.reject(new AppError(closedCode));
    waiting.clear();
  });

  return {
    call<N extends MethodName<C>>(name: N, input: Input<C, N>, signal?: AbortSignal): Promise<Output<C, N>> {
      if (closed) return Promise.reject(new AppError(closedCode));
      if (signal?.aborted) return Promise.reject(new AppError('cancelled'));
      const id = nextId++;
      return new Promise<Output<C, N>>((resolve, reject) => {
        const cancel = () => pipe.send({ kind: 'cancel', id });
        const settle = () => signal?.removeEventListener('abort', cancel);
        waiting.set(id, {
          resolve: (value) => {
            settle();
            resolve(value as Output<C, N>);
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        });
        signal?.addEventListener('abort', cancel, { once: true });
        pipe.send({ kind: 'call', id, name, input });
      });
    },

    on<N extends EventName<C>>(name: N, listener: (payload: Payload<C, N>) => void): () => void {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all);
      all.add(listener as (payload: unknown) => void);
      return () => {
        all.delete(listener as (payload: unknown) => void);
      };
    },
  };
}
