import { connect as connectPlain, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { openProxied } from '../../net/connect.ts';
import { throwIfCancelled, withinBudget } from '../../net/deadline.ts';
import { placeOf, secureSocket, type Trust } from '../../net/tls.ts';
import type { SignIn } from '../connectors.ts';
import type { ConnectionTimes } from '../limits.ts';
import { endsTold } from './ends-told.ts';
import { imapError } from './errors.ts';
import { type Namespace, namespacesOf } from './namespaces.ts';

export interface SessionOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
  /** Called as the line comes up, for the connection check. */
  readonly watch?: LineWatch;
}

export interface LineWatch {
  connected(socket: Socket): void;
  secured(socket: TLSSocket): void;
  /** The server sent something. */
  heard(chunk: Buffer): void;
}

/** A signed-in connection and the one way to use it. */
export interface Session {
  readonly endpoint: Endpoint;
  readonly client: ImapFlow;
  readonly times: ConnectionTimes;
  /** One's own first (RFC 2342). */
  readonly namespaces: readonly Namespace[];
  /** Runs one exchange within a budget; a line that is lost, silent or called off is closed, a server's NO leaves it open. */
  run<T>(work: (client: ImapFlow) => Promise<T>, signal: AbortSignal, milliseconds?: number): Promise<T>;
  /** Commands that have been answered on this line. */
  roundTrips(): number;
  /** What a failure of the client means, with the reason the line ended for if there is one. */
  explain(error: unknown): unknown;
  close(): Promise<void>;
}

/** Above the largest letter that providers take (150 MB); protects memory from a server that announces gigabytes. */
const longestLiteral = 256 * 1024 * 1024;
/** A SEARCH answer of a million letters is 8 MB. */
const longestLine = 32 * 1024 * 1024;
/** RFC 2177: servers may end an IDLE after half an hour; routers forget quiet lines after ten minutes. */
const longestIdle = 9 * 60_000;

export async function openSession(
  signIn: SignIn,
  { trust, times, watch }: SessionOptions,
  signal: AbortSignal,
): Promise<Session> {
  throwIfCancelled(signal);
  const { endpoint } = signIn;
  const tunnel = await openProxied(endpoint, { milliseconds: times.connect, signal });
  let lineError: unknown;
  let roundTrips = 0;
  const client = new ImapFlow({
    ...clientOptions(signIn, times),
    transport: transportTo({ endpoint, trust, tunnel }, watch),
    logger: endsTold((error) => {
      lineError ??= error;
      client.close();
    }),
  });
  client.on('response', () => {
    roundTrips += 1;
  });
  // Without a listener the process would die; what happened reaches the caller through the call that was under way.
  client.on('error', (error) => {
    lineError ??= error;
  });
  const explain = (error: unknown): unknown => imapError(isAnswer(error) ? error : (lineError ?? error), endpoint);
  const run: Session['run'] = async (work, during, milliseconds = times.answer) => {
    try {
      return await withinBudget(
        { milliseconds, signal: during },
        () => work(client),
        () => client.close(),
      );
    } catch (error) {
      throw explain(error);
    }
  };
  try {
    await run((it) => it.connect(), signal, times.connect + times.greeting + times.answer);
  } catch (error) {
    // A failed sign-in leaves the socket to its timeouts otherwise.
    client.close();
    throw error;
  }
  // The library puts the personal prefix before every path that lacks it, also of shared folders; ours are as listed.
  const namespaces = namespacesOf(client);
  if (client.namespace) client.namespace.prefix = '';
  const close = (): Promise<void> => closeClient(client, times);
  return { endpoint, client, times, namespaces, run, roundTrips: () => roundTrips, explain, close };
}

function clientOptions({ endpoint, password, accessToken }: SignIn, times: ConnectionTimes): ImapFlowOptions {
  return {
    ...placeOf(endpoint),
    secure: endpoint.encryption === 'tls',
    ...(endpoint.encryption === 'tls' ? {} : { doSTARTTLS: endpoint.encryption === 'starttls' }),
    auth: { user: endpoint.login, ...(accessToken === undefined ? { pass: password } : { accessToken }) },
    clientInfo: { name: 'Mailroom' },
    disableAutoIdle: true,
    // Letters are compressed already or small; inflating costs more than loading them over any line that is not a modem.
    disableCompression: true,
    // CONDSTORE adds a number to each answer that nobody reads, UTF8=ACCEPT changes the bytes of headers.
    disableAutoEnable: true,
    connectionTimeout: times.connect,
    greetingTimeout: times.greeting,
    socketTimeout: times.silence,
    maxIdleTime: longestIdle,
    maxLiteralSize: longestLiteral,
    maxLineLength: longestLine,
    maxResponseSize: longestLiteral + longestLine,
  };
}

/** The library calls `onConnect` before it sends a byte, and `onSecure` before it goes on after STARTTLS: here the certificate is judged. */
function transportTo(
  { endpoint, trust, tunnel }: { readonly endpoint: Endpoint; readonly trust: Trust; readonly tunnel: Socket | null },
  watch?: LineWatch,
): NonNullable<ImapFlowOptions['transport']> {
  const secured = (then: () => void) => (socket: TLSSocket) => {
    watch?.secured(socket);
    if (watch !== undefined) socket.on('data', watch.heard);
    then();
  };
  return {
    connect({ secure }, onConnect) {
      if (secure) {
        const over = tunnel === null ? {} : { over: tunnel };
        const socket = secureSocket(endpoint, trust, { ...over, onSecure: secured(onConnect) });
        whenUp(socket, tunnel, () => watch?.connected(socket));
        return socket;
      }
      const socket = tunnel ?? connectPlain(placeOf(endpoint));
      whenUp(socket, tunnel, () => {
        watch?.connected(socket);
        if (watch !== undefined) socket.on('data', watch.heard);
        onConnect();
      });
      return socket;
    },
    upgrade(socket, _options, onSecure) {
      const over = socket as Socket;
      if (watch !== undefined) over.off('data', watch.heard);
      return secureSocket(endpoint, trust, { over, onSecure: secured(onSecure) });
    },
  };
}

/** A line through a proxy is up before the library asks for one; it is told in a later turn, as of any other. */
function whenUp(socket: Socket, tunnel: Socket | null, then: () => void): void {
  if (tunnel === null) socket.once('connect', then);
  else setImmediate(then);
}

/** The server answered and the line is as it was, whatever happened to it later. */
function isAnswer(error: unknown): boolean {
  return error instanceof AppError || (error instanceof Error && 'responseStatus' in error);
}

async function closeClient(client: ImapFlow, times: ConnectionTimes): Promise<void> {
  const idle = client.usable && !client.idling;
  try {
    if (idle) {
      const never = new AbortController().signal;
      await withinBudget(
        { milliseconds: times.farewell, signal: never },
        () => client.logout(),
        () => client.close(),
      );
    }
  } catch {
    // A line that is down already is closed all the same.
  } finally {
    client.close();
  }
}
