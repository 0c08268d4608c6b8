import { connect as connectPlain, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { type Budget, withinBudget } from './deadline.ts';
import { lineErrorCode } from './line-errors.ts';
import { findProxy, type ProxyUse } from './proxy.ts';
import { placeOf, secureSocket, type Trust } from './tls.ts';
import { openTunnel } from './tunnel.ts';

/** A TCP line to the endpoint, through the environment's or the system's proxy where one is named; the caller closes it. */
export async function openLine(endpoint: Endpoint, budget: Budget, use: ProxyUse = 'mail'): Promise<Socket> {
  const tunnel = await openProxied(endpoint, budget, use);
  if (tunnel !== null) return tunnel;
  const socket = connectPlain(placeOf(endpoint));
  return settled(socket, endpoint, budget, (done) => socket.once('connect', () => done(socket)));
}

/** A line by the environment's or the system's proxy; null where the way leads straight on. */
export async function openProxied(
  endpoint: Endpoint,
  { milliseconds, signal }: Budget,
  use: ProxyUse = 'mail',
): Promise<Socket | null> {
  const over = new AbortController();
  const open = async (): Promise<Socket | null> => {
    const proxy = await findProxy(endpoint.host, process.env, use);
    return proxy === null ? null : openTunnel(proxy, placeOf(endpoint), over.signal);
  };
  try {
    return await withinBudget({ milliseconds, signal }, open, () => over.abort());
  } catch (error) {
    throw lineError(error, endpoint);
  }
}

/** TLS over a line that is up, with a server whose certificate has been found right; the line is closed when it is not. */
export async function encryptLine(
  line: Socket,
  { endpoint, trust }: { readonly endpoint: Endpoint; readonly trust: Trust },
  budget: Budget,
): Promise<TLSSocket> {
  const { promise, resolve } = Promise.withResolvers<TLSSocket>();
  // Whatever becomes of the line is told by the TLS socket over it.
  line.on('error', () => {});
  const socket = secureSocket(endpoint, trust, { over: line, onSecure: resolve });
  return settled(socket, endpoint, budget, (done) => void promise.then(done));
}

async function settled<S extends Socket>(
  socket: S,
  endpoint: Endpoint,
  budget: Budget,
  whenReady: (done: (socket: S) => void) => void,
): Promise<S> {
  const { promise, resolve, reject } = Promise.withResolvers<S>();
  const lost = (): void => reject(new AppError('network.dropped'));
  socket.once('error', reject).once('close', lost);
  whenReady(resolve);
  try {
    const ready = await withinBudget(
      budget,
      () => promise,
      () => socket.destroy(),
    );
    socket.off('error', reject).off('close', lost);
    return ready;
  } catch (error) {
    // Its last words come after the first failure and are of no interest.
    socket.on('error', () => {}).destroy();
    throw lineError(error, endpoint);
  }
}

/** A failure of name, line or TLS in our words; anything else as it came. */
export function lineError(error: unknown, endpoint: Endpoint): unknown {
  if (error instanceof AppError) return withPlace(error, endpoint);
  const code = lineErrorCode((error as { readonly code?: unknown } | undefined)?.code);
  return code === undefined ? error : new AppError(code, placeOf(endpoint), { cause: error });
}

export function withPlace(error: AppError, endpoint: Endpoint): AppError {
  if (error.code === 'cancelled' || 'host' in error.params) return error;
  return new AppError(error.code, { ...placeOf(endpoint), ...error.params }, { cause: error.cause });
}
