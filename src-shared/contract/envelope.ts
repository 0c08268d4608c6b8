import type { WireError } from '../errors/wire.ts';

/** What the asking side sends. */
export type Question =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number };

/** What the serving side sends. Nothing is thrown across: a failure is data. */
export type Answer =
  | { readonly kind: 'value'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError }
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown };

/** Any pair of ends that carries plain data in order: a window, a child process, two ends in one process. */
export interface Pipe<Sent, Received> {
  send(message: Sent): void;
  onMessage(listener: (message: Received) => void): void;
  /** Called once when nothing can arrive any more. */
  onClose(listener: () => void): void;
}

export type ClientPipe = Pipe<Question, Answer>;
export type ServerPipe = Pipe<Answer, Question>;
