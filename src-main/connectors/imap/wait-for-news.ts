import type { MailboxObject } from 'imapflow';
import { throwIfCancelled } from '../../net/deadline.ts';
import type { Session } from './session.ts';

export interface News {
  /** What came up to now is about to be listed, so it is no news any more. */
  forget(): void;
  wait(signal: AbortSignal): Promise<void>;
}

/** New letters are announced in the answer to any command, so the folder is watched from the moment it is open. */
export function watchNews({ client, run, times }: Session, mailbox: MailboxObject): News {
  let arrived = false;
  let wake: (() => void) | undefined;
  // One folder is open at a time; the one before is no longer of interest.
  client.removeAllListeners('exists');
  client.on('exists', ({ path, count, prevCount }) => {
    if (path !== mailbox.path || count <= prevCount) return;
    arrived = true;
    wake?.();
  });

  /** IDLE is ended and asked for again by the library: after a minute's silence, to learn whether the line is still up, and after `maxIdleTime`. */
  async function idle(signal: AbortSignal): Promise<void> {
    const { promise: woken, resolve } = Promise.withResolvers<void>();
    const stop = (): void => resolve();
    wake = stop;
    signal.addEventListener('abort', stop, { once: true });
    const ended = client.idle();
    // Its failure is raised by the race or, when news came first, by the NOOP.
    ended.catch(() => {});
    try {
      await Promise.race([woken, ended]);
    } finally {
      wake = undefined;
      signal.removeEventListener('abort', stop);
    }
    // Ends IDLE. Somebody who has called it off is not kept waiting by a server that does not listen.
    const patience = signal.aborted ? times.farewell : times.silence;
    await run(() => client.noop(), new AbortController().signal, patience).catch((error: unknown) => {
      throwIfCancelled(signal);
      throw error;
    });
  }

  return {
    forget() {
      arrived = false;
    },
    async wait(signal) {
      // IDLE that the server ends early is simply asked for again.
      while (!arrived) {
        throwIfCancelled(signal);
        await idle(signal);
      }
      arrived = false;
    },
  };
}
