import type { Socket } from 'node:net';
import Pop3 from 'node-pop3';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { lineError, openProxied } from '../../net/connect.ts';
import { type Budget, withinBudget } from '../../net/deadline.ts';
import { placeOf } from '../../net/tls.ts';

export interface Line {
  readonly socket: Socket;
  /** Rejects when the line ends, with the library's reason; never resolves. */
  readonly ended: Promise<never>;
}

/**
 * A TCP line as node-pop3 makes it: its socket, kept alive, and its word for how it ended. What the library does with the bytes is left out (decision 10):
 * its listener goes before the first byte can come, so that `connect()` is never answered, and only fails.
 */
export async function openPop3Line(endpoint: Endpoint, budget: Budget): Promise<Line> {
  const tunnel = await openProxied(endpoint, budget);
  if (tunnel !== null) return { socket: tunnel, ended: endTold(tunnel) };
  const library = new Pop3({ ...placeOf(endpoint), user: '', password: '', tls: false });
  const opening = library.connect();
  const socket = library._socket;
  if (socket === null) throw new Error('node-pop3 made no socket');
  socket.removeAllListeners('data');
  const ended = opening.then(
    () => {
      throw new Error('node-pop3 read an answer');
    },
    (error: unknown) => {
      throw endOf(error);
    },
  );
  // Whoever waits for an answer hears of it; nobody else needs to.
  ended.catch(() => {});
  socket.on('error', () => {});
  const { promise: connected, resolve } = Promise.withResolvers<void>();
  socket.once('connect', () => resolve());
  try {
    await withinBudget(
      budget,
      () => Promise.race([connected, ended]),
      () => socket.destroy(),
    );
    return { socket, ended };
  } catch (error) {
    socket.destroy();
    throw lineError(error, endpoint);
  }
}

/** The library makes its own line or none: one that a proxy made tells of its end as the library would. */
function endTold(socket: Socket): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const lost = (): void => reject(new AppError('network.dropped'));
  socket.on('error', reject).once('end', lost).once('close', lost);
  promise.catch(() => {});
  return promise;
}

/** The library calls the two ends of a line `close` and `end`, as errors without a code. */
function endOf(error: unknown): unknown {
  const eventName = error instanceof Error && 'eventName' in error ? error.eventName : null;
  return eventName === 'close' || eventName === 'end' ? new AppError('network.dropped', {}, { cause: error }) : error;
}
