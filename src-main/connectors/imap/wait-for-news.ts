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
  client.on('exists', ({ path, count, prevCount }) => {
    if (path !== mailbox.path || count <= prevCount) return;
    arrived = true;
    wake?.();
  });

  /** IDLE is re-issued by the library (`maxIdleTime`); any other command ends it. */
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
    await run(() => client.noop(), new AbortController().signal, times.farewell);
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
