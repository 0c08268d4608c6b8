import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A letter as it was handed on after submission. */
export interface RelayedLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

export interface Relay {
  readonly port: number;
  /** All that came so far, oldest first. */
  readonly received: readonly RelayedLetter[];
  /** The first letter, past or to come, that fits; rejects when the signal aborts. */
  next(fits: (letter: RelayedLetter) => boolean, signal?: AbortSignal): Promise<RelayedLetter>;
  stop(): Promise<void>;
}

/** Longer than any relaying on a busy machine takes; a letter that has not come by then does not come. */
const letterDeadlineMs = 20_000;

/**
 * Stands for "the rest of the world": takes what a server relays without asking for TLS or a sign-in.
 * `passOn` runs before the letter is accepted; what it throws becomes the server's refusal.
 */
export async function startRelay(passOn: (letter: RelayedLetter) => Promise<void>): Promise<Relay> {
  const received: RelayedLetter[] = [];
  const watchers = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom === false ? '' : mailFrom.address;
      const to = rcptTo.map((recipient) => recipient.address);
      void take(stream, from, to).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });

  async function take(stream: NodeJS.ReadableStream, from: string, to: readonly string[]): Promise<void> {
    const letter = { from, to, raw: await buffer(stream) };
    await passOn(letter);
    received.push(letter);
    for (const look of [...watchers]) look();
  }

  function next(
    fits: (letter: RelayedLetter) => boolean,
    signal: AbortSignal = AbortSignal.timeout(letterDeadlineMs),
  ): Promise<RelayedLetter> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        watchers.delete(look);
        signal.removeEventListener('abort', refuse);
      };
      const look = (): void => {
        const found = received.find(fits);
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const refuse = (): void => {
        end();
        reject(new Error(`no such letter among the ${received.length} that were relayed`, { cause: signal.reason }));
      };
      watchers.add(look);
      signal.addEventListener('abort', refuse);
      if (signal.aborted) refuse();
      else look();
    });
  }

  // A client that goes away in the middle is not a fault of the test.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    next,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
