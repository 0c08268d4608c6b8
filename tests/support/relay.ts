import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { CertificateFiles } from './certificates.ts';

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

/** Encrypted from the first byte, and only for whoever knows both. */
export interface RelayGuard {
  readonly certificate: CertificateFiles;
  readonly login: string;
  readonly password: string;
}

/** Longer than any relaying on a busy machine takes; a letter that has not come by then does not come. */
const letterDeadlineMs = 20_000;

/**
 * Stands for "the rest of the world": takes what a server relays without asking for TLS or a sign-in, unless it has a guard.
 * `passOn` runs before the letter is accepted; what it throws becomes the server's refusal.
 */
export async function startRelay(
  passOn: (letter: RelayedLetter) => Promise<void>,
  guard: RelayGuard | null = null,
): Promise<Relay> {
  const received: RelayedLetter[] = [];
  const watchers = new Set<() => void>();
  const server = new SMTPServer({
    ...(guard === null ? { authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] } : guarded(guard)),
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

function guarded({ certificate, login, password }: RelayGuard): SMTPServerOptions {
  return {
    secure: true,
    cert: readFileSync(certificate.cert),
    key: readFileSync(certificate.key),
    onAuth({ username, password: given }, _session, done) {
      if (username === login && given === password) done(null, { user: login });
      else done(new Error('Not with this password'));
    },
  };
}
