import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerAuthentication } from 'smtp-server';

/** A letter as it was handed over, with its envelope. */
export interface SubmittedLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
}

export interface SmtpOptions {
  /** Passwords by login. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly take: (letter: SubmittedLetter) => void;
}

export interface RunningSmtp {
  readonly port: number;
  stop(): Promise<void>;
}

/** More than any answer written by hand, less than fills the memory. */
const largestLetterBytes = 50 * 1024 * 1024;

/** A client that keeps its line open does not hold up the end of the demo. */
const closeTimeoutMs = 500;

/** Takes letters of the company's people and hands them to `take`. Plain SMTP with a sign-in, as it never leaves loopback. */
export async function startSmtp({ accounts, take }: SmtpOptions): Promise<RunningSmtp> {
  const server = new SMTPServer({
    name: 'mail.polar-key.test',
    banner: 'Polar Key',
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: largestLetterBytes,
    closeTimeout: closeTimeoutMs,
    onAuth({ username, password }: SMTPServerAuthentication, _session, done) {
      if (username !== undefined && password !== undefined && accounts.get(username) === password)
        done(null, { user: username });
      else done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
    },
    onData(stream, { envelope }, done) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map((recipient) => recipient.address);
      buffer(stream).then(
        (raw) => {
          if (stream.sizeExceeded)
            return done(Object.assign(new Error('Message exceeds the size limit'), { responseCode: 552 }));
          take({ from, to, raw });
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  // A client that goes away in the middle is nobody's fault; without a listener it would end the process.
  server.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
