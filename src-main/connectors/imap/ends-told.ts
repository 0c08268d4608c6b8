import type { ImapFailure } from './errors.ts';

interface Entry {
  readonly err?: ImapFailure;
  /** What the server sent, from its beginning, where the entry is about that. */
  readonly msg?: unknown;
}

/** An answer with a text whose length was announced: where it cannot be read on, nobody knows where the text has ended. */
const answerWithText = /^\* \d+ FETCH .*\{\d+\}/i;

/**
 * A log for imapflow that hears of what should end the line at once, and calls `end` with it. Asked to come back later, the library waits half a
 * minute before it says so, and FETCH tries four times: here whoever called decides how to wait. An answer that cannot be read it skips, and takes
 * what follows, which may be the text of a letter, for the next.
 */
export function endsTold(end: (error: ImapFailure) => void) {
  const told = (error: ImapFailure): void => queueMicrotask(() => end(error));
  return {
    isLevelEnabled: (level: string) => level === 'warn' || level === 'error',
    debug() {},
    info() {},
    warn({ err }: Entry) {
      // It begins to wait after it has logged; closing the line ends that.
      if (err?.code === 'ETHROTTLE') told(err);
    },
    error({ err, msg }: Entry) {
      const isParsers = err?.code?.startsWith('ParserError') ?? false;
      if (err !== undefined && isParsers && typeof msg === 'string' && answerWithText.test(msg)) told(err);
    },
    fatal() {},
  };
}
