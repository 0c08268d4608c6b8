import type { Answer, ClientPipe, Question, ServerPipe } from './envelope.ts';

/** Two ends in one process: how the terminal reaches the same router as the page, and how tests do. */
export function createLocalPipe(): { readonly client: ClientPipe; readonly server: ServerPipe; close(): void } {
  const questions: ((message: Question) => void)[] = [];
  const answers: ((message: Answer) => void)[] = [];
  const closers: (() => void)[] = [];
  // A copy in a later turn, as every real pipe gives: no shared objects, no answer before the call has returned.
  const pass = <M>(to: ((message: M) => void)[], message: M) => {
    const copy = structuredClone(message);
    queueMicrotask(() => {
      for (const listener of to) listener(copy);
    });
  };
  return {
    client: {
      send: (message) => pass(questions, message),
      onMessage: (listener) => void answers.push(listener),
      onClose: (listener) => void closers.push(listener),
    },
    server: {
      send: (message) => pass(answers, message),
      onMessage: (listener) => void questions.push(listener),
      onClose: (listener) => void closers.push(listener),
    },
    close: () => {
      for (const listener of closers) listener();
    },
  };
}
