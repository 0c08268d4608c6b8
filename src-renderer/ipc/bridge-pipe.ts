import type { Answer, ClientPipe, Question } from '../../src-shared/contract/envelope.ts';

/** What the preload puts on the window: exactly these two functions. */
export interface Bridge {
  send(question: Question): void;
  onAnswer(listener: (answer: Answer) => void): () => void;
}

/** The page's end of the pipe. It closes with the page itself, so nobody is left to be told. */
export function bridgePipe(bridge: Bridge): ClientPipe {
  return {
    send: (question) => bridge.send(question),
    onMessage: (listener) => void bridge.onAnswer(listener),
    onClose: () => undefined,
  };
}
