import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { RedirectPlace } from '../../src-shared/domain/oauth.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { withinBudget } from '../net/deadline.ts';
import type { BrowserWords } from './authority-client.ts';
import { browserPage } from './browser-page.ts';

/** Where the browser comes back to (RFC 8252, 7.3): on this machine alone, for one sign-in, answers of others unheard. */
export interface Loopback {
  readonly redirectUri: string;
  /** The parameters of the one answer that carries our state; `auth.nobody-answered` when the patience is over. */
  answer(milliseconds: number, signal: AbortSignal): Promise<URLSearchParams>;
  close(): void;
}

/** A code and a state are some kilobytes at most. */
const mostBytes = 64 * 1024;

export async function openLoopback(
  { host, port, path }: RedirectPlace,
  state: string,
  words: () => BrowserWords,
): Promise<Loopback> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const server = createServer((request, response) => {
    hear(request, { hosts: namesOf(server), state })
      .then((parameters) => {
        if (parameters === null) return reply(response, 400, '');
        reply(response, 200, browserPage(words(), parameters.has('code')));
        return resolve(parameters);
      })
      .catch(() => reply(response, 400, ''));
  });
  await listen(server, port ?? 0);
  return {
    redirectUri: `http://${host}:${portOf(server)}${path}`,
    async answer(milliseconds, signal) {
      try {
        return await withinBudget(
          { milliseconds, signal },
          () => promise,
          () => {},
        );
      } catch (error) {
        throw error instanceof AppError && error.code === 'network.timeout'
          ? new AppError('auth.nobody-answered')
          : error;
      }
    },
    close() {
      server.close();
      // The page that was just sent is let through; a browser's idle line is not waited for.
      server.closeIdleConnections();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  try {
    await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new AppError('auth.port-taken', { port });
    throw error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** A page of another name that resolves to this machine is not the browser coming back. */
function namesOf(server: Server): ReadonlySet<string> {
  const port = portOf(server);
  return new Set([`localhost:${port}`, `127.0.0.1:${port}`]);
}

interface Expected {
  readonly hosts: ReadonlySet<string>;
  readonly state: string;
}

/** The answer, as query or as form (response_mode=form_post); null for whatever is not ours. */
async function hear(request: IncomingMessage, { hosts, state }: Expected): Promise<URLSearchParams | null> {
  if (!hosts.has(request.headers.host ?? '')) return null;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname !== '/') return null;
  const parameters = request.method === 'POST' ? await readForm(request) : searchParams;
  const states = parameters.getAll('state');
  if (states.length !== 1 || states[0] !== state) return null;
  return parameters.has('code') || parameters.has('error') ? parameters : null;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request) {
    bytes += (piece as Buffer).length;
    if (bytes > mostBytes) throw new Error('longer than any answer');
    pieces.push(piece as Buffer);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'));
}

function reply(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(page);
}
