import type { z } from 'zod';
import type { ErrorCode } from '../errors/codes.ts';

/** One call across a boundary: what goes in, what comes out, what may go wrong. */
export interface Method {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly errors: readonly ErrorCode[];
}

/** Everything that crosses one boundary: calls in one direction, events in the other. */
export interface Contract {
  readonly methods: Readonly<Record<string, Method>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
}

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}

export type MethodName<C extends Contract> = keyof C['methods'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;
export type Input<C extends Contract, N extends MethodName<C>> = z.input<C['methods'][N]['input']>;
export type Output<C extends Contract, N extends MethodName<C>> = z.output<C['methods'][N]['output']>;
export type Payload<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>;

/** The serving side: a contract with a method left out does not compile. */
export type Handlers<C extends Contract> = {
  readonly [N in MethodName<C>]: (
    input: z.output<C['methods'][N]['input']>,
    signal: AbortSignal,
  ) => Promise<z.input<C['methods'][N]['output']>>;
};

export type Emit<C extends Contract> = <N extends EventName<C>>(name: N, payload: Payload<C, N>) => void;

/** The asking side. */
export interface Client<C extends Contract> {
  call<N extends MethodName<C>>(name: N, input: Input<C, N>, signal?: AbortSignal): Promise<Output<C, N>>;
  /** Returns the function that ends the subscription. */
  on<N extends EventName<C>>(name: N, listener: (payload: Payload<C, N>) => void): () => void;
}
