import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { encryptLine, openLine } from '../../net/connect.ts';
import { withinBudget } from '../../net/deadline.ts';
import { placeOf, refusalOf, type Trust, tlsOptions } from '../../net/tls.ts';
import type { SignIn } from '../connectors.ts';
import type { ConnectionTimes } from '../limits.ts';
import { tokenHandlers, tokenMethod } from './by-token.ts';
import { smtpError } from './errors.ts';

export interface SmtpOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
  /** Called as the line comes up, for the connection check. */
  readonly watch?: SmtpWatch;
}

export interface SmtpWatch {
  connected(socket: Socket): void;
  /** The server's first words after 220. */
  greeted?(words: string): void;
  secured(socket: TLSSocket): void;
}

/** RFC 5321, 4.5.3.1.5: a reply line has at most 512 octets. */
const longestGreeting = 512;

/** A line to a submission server and the one way to use it. */
export interface SmtpSession {
  readonly connection: SMTPConnection;
  readonly endpoint: Endpoint;
  /** Set once TLS is up and the certificate was found right. */
  readonly tlsSocket: TLSSocket | null;
  /** Runs one exchange; rejects with the exchange's failure, or with what ended the line meanwhile. */
  run<T>(work: (done: (error: Error | null | undefined, value?: T) => void) => void, signal: AbortSignal): Promise<T>;
  /** Servers may take ten minutes over a letter before they answer (RFC 5321, 4.5.3.2.6). */
  waitLonger(): void;
  /** Never fails. */
  close(): Promise<void>;
}

/** Connects, greets and encrypts; nothing but EHLO and STARTTLS has been sent, and the server is the right one. */
export async function openSmtp(
  endpoint: Endpoint,
  { trust, times, watch }: SmtpOptions,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const budget = { milliseconds: times.connect, signal };
  const plain = await openLine(endpoint, budget);
  watch?.connected(plain);
  const encrypted = endpoint.encryption === 'tls';
  const line = encrypted ? await encryptLine(plain, { endpoint, trust }, budget) : plain;
  const connection = new SMTPConnection({
    ...placeOf(endpoint),
    connection: line,
    secure: encrypted,
    secured: encrypted,
    requireTLS: endpoint.encryption === 'starttls',
    ignoreTLS: endpoint.encryption === 'none',
    tls: tlsOptions(endpoint, trust),
    customAuth: tokenHandlers,
    connectionTimeout: times.connect + times.greeting,
    greetingTimeout: times.greeting,
    socketTimeout: times.silence,
    socketCloseTimeout: times.farewell,
    logger: false,
  });
  const run = createRun(connection, endpoint, times);
  if (watch?.greeted) hearGreeting(line, watch.greeted);
  try {
    await run<void>((done) => connection.connect(done), signal);
    const tlsSocket = judged(connection, endpoint);
    if (tlsSocket !== null) watch?.secured(tlsSocket);
    const close = (): Promise<void> => quit(connection, times);
    return {
      connection,
      endpoint,
      tlsSocket,
      run,
      close,
      waitLonger: () => socketOf(connection).setTimeout(times.letter),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** RFC 5321, 4.2: 220 and a line. The paused line waits for the library, which hears the same bytes after us and then lets them flow. */
function hearGreeting(line: Socket, greeted: (words: string) => void): void {
  let heard = '';
  const hear = (chunk: Buffer): void => {
    heard += chunk.toString('latin1');
    if (!heard.includes('\n') && heard.length < longestGreeting) return;
    line.off('data', hear);
    const [first = ''] = heard.split(/\r?\n/, 1);
    if (first.startsWith('220')) greeted(first.slice(4));
  };
  line.pause();
  line.on('data', hear);
}

/** The sign-in, where one is wanted. */
export async function signInTo(
  session: SmtpSession,
  { endpoint, password, accessToken }: SignIn,
  signal: AbortSignal,
): Promise<void> {
  if (endpoint.signIn === 'none') return;
  if (!session.connection.allowsAuth) {
    // Servers hide AUTH until the line is encrypted (RFC 4954, section 4).
    const code = session.tlsSocket === null ? 'auth.not-encrypted' : 'server.unsupported';
    throw new AppError(code, { ...placeOf(endpoint), serverWords: 'EHLO' });
  }
  const credentials = { user: endpoint.login, pass: accessToken ?? password };
  const method = accessToken === undefined ? {} : { method: tokenMethod };
  const auth = { ...credentials, ...method, credentials };
  await session.run<unknown>((done) => session.connection.login(auth, done), signal);
}

/**
 * After STARTTLS nodemailer goes on as soon as the handshake is done, so the certificate is judged here: between its EHLO and our sign-in.
 * A STARTTLS that was asked for and did not happen ends here too, whatever the library thought of it.
 */
function judged(connection: SMTPConnection, endpoint: Endpoint): TLSSocket | null {
  if (endpoint.encryption === 'none') return null;
  const socket = socketOf(connection);
  if (!(socket instanceof TLSSocket)) throw new AppError('tls.starttls-missing', placeOf(endpoint));
  const refusal = refusalOf(socket, endpoint);
  if (refusal !== null) throw refusal;
  return socket;
}

/** The library keeps it to itself; after STARTTLS it is another than the one we gave. */
function socketOf(connection: SMTPConnection): Socket {
  return (connection as unknown as { readonly _socket: Socket })._socket;
}

function createRun(connection: SMTPConnection, endpoint: Endpoint, times: ConnectionTimes): SmtpSession['run'] {
  return async (work, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<Awaited<never>>();
    const lost = (): void => reject(new AppError('network.dropped'));
    connection.on('error', reject).on('end', lost);
    const settle = (error: Error | null | undefined, value?: unknown): void => {
      if (error) reject(error);
      else resolve(value as never);
    };
    const start = (): Promise<never> => {
      work(settle);
      return promise;
    };
    try {
      return await withinBudget({ milliseconds: times.letter, signal }, start, () => connection.close());
    } catch (error) {
      throw smtpError(error, endpoint);
    } finally {
      connection.off('error', reject).off('end', lost);
      // What fails after its turn has nobody to tell.
      connection.on('error', () => {});
    }
  };
}

async function quit(connection: SMTPConnection, times: ConnectionTimes): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, times.farewell);
  connection.once('end', resolve);
  try {
    if (connection.destroyed) return;
    connection.quit();
    await promise;
  } finally {
    clearTimeout(timer);
    connection.close();
  }
}
