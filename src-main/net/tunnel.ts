import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { SocksClient, type SocksClientOptions } from 'socks';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { serverWords } from './server-words.ts';

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** RFC 1928 has no address of its own for it. */
const usualSocksPort = 1080;

/**
 * A line to `place` that a proxy makes (CONNECT, RFC 9110, 9.3.6; SOCKS 4a and 5), which also looks the name up. Throws `network.proxy-refused`,
 * `network.proxy-unreachable`; when the signal aborts it ends soon, in any way.
 */
export async function openTunnel(proxy: URL, place: Place, signal: AbortSignal): Promise<Socket> {
  try {
    const line = await (proxy.protocol === 'http:' ? byConnect : bySocks)(proxy, place, signal);
    // Both have taken their listeners away: a line that breaks before its owner has his would end the process.
    line.on('error', () => {});
    if (signal.aborted) line.destroy();
    return line;
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const { code } = cause as { readonly code?: unknown };
    if (typeof code !== 'string') throw refused(proxy, place, cause instanceof Error ? cause.message : '');
    throw new AppError('network.proxy-unreachable', { ...place, proxy: proxy.host }, { cause });
  }
}

function byConnect(proxy: URL, place: Place, signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const target = `${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`;
  const { name, password } = accountOf(proxy);
  const account = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  const headers = { host: target, ...(name === '' ? {} : { 'proxy-authorization': account }) };
  const way = { host: bare(proxy.hostname), port: proxy.port || 80 };
  const asked = request({ ...way, method: 'CONNECT', path: target, headers, agent: false, signal });
  asked.once('connect', (answer, socket, head: Buffer) => {
    if (answer.statusCode === 200) {
      // A server that speaks first may have been heard in the same breath.
      if (head.length > 0) socket.unshift(head);
      return resolve(socket as Socket);
    }
    socket.destroy();
    reject(refused(proxy, place, `${answer.statusCode} ${answer.statusMessage ?? ''}`));
  });
  asked.once('error', reject);
  asked.end();
  return promise;
}

async function bySocks(proxy: URL, { host, port }: Place, signal: AbortSignal): Promise<Socket> {
  const { name, password } = accountOf(proxy);
  const at = { host: bare(proxy.hostname), port: Number(proxy.port || usualSocksPort) };
  // The library's own line tells neither why it failed nor can it be called off.
  const line = connect(at);
  const drop = (): void => void line.destroy();
  signal.addEventListener('abort', drop, { once: true });
  const options: SocksClientOptions = {
    command: 'connect',
    existing_socket: line,
    destination: { host, port },
    proxy: {
      ...at,
      type: proxy.protocol.startsWith('socks4') ? 4 : 5,
      ...(name === '' ? {} : { userId: name, password }),
    },
  };
  try {
    await once(line, 'connect', { signal });
    return await stilled((await SocksClient.createConnection(options)).socket);
  } catch (error) {
    line.on('error', () => {}).destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', drop);
  }
}

/** The library lets the line flow in its next turn, whoever listens: what is heard until then is put back, and the line waits for its first listener. */
async function stilled(socket: Socket): Promise<Socket> {
  const heard: Buffer[] = [];
  const keep = (piece: Buffer): void => void heard.push(piece);
  socket.on('data', keep).on('error', () => {});
  await new Promise((resolve) => setImmediate(resolve));
  socket.off('data', keep).pause();
  if (heard.length > 0) socket.unshift(Buffer.concat(heard));
  // As Node does with the line of a CONNECT; a line that was paused by hand would wait for more than a listener.
  return Object.assign(socket, { readableFlowing: null });
}

function accountOf({ username, password }: URL): { readonly name: string; readonly password: string } {
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function refused(proxy: URL, place: Place, words: string): AppError {
  return new AppError('network.proxy-refused', { ...place, proxy: proxy.host, serverWords: serverWords(words, '–') });
}
