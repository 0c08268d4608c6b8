import { type RequestOptions, request as requestSecure } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { AppError } from '../../src-shared/errors/errors.ts';
import { withinBudget } from './deadline.ts';
import { lineErrorCode } from './line-errors.ts';
import { findProxy } from './proxy.ts';
import type { Trust } from './tls.ts';
import { openTunnel } from './tunnel.ts';

export interface HttpsQuestion {
  /** https only. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One question and its answer, whatever its status; redirects are answers too. Throws `network.*`, `tls.*`, `server.protocol`, `cancelled`. */
export type AskHttps = (question: HttpsQuestion, signal: AbortSignal) => Promise<HttpsAnswer>;

export interface HttpsClientOptions {
  readonly trust: Trust;
  /** For name, line, question and answer together. */
  readonly milliseconds?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const usualMilliseconds = 30_000;
/** Sets of keys and tokens are some kilobytes. */
const mostBytes = 1024 * 1024;

/** A small client for small answers: trusts whom the mail connections trust, follows nothing, keeps nothing open. */
export function createHttpsClient(options: HttpsClientOptions): AskHttps {
  const { trust, milliseconds = usualMilliseconds, env = process.env } = options;
  return async (question, signal) => {
    const url = new URL(question.url);
    const port = Number(url.port || 443);
    const place = { host: url.hostname, port };
    if (url.protocol !== 'https:') throw new AppError('tls.failed', place);
    const over = new AbortController();
    const ask = async (): Promise<HttpsAnswer> => {
      const proxy = await findProxy(url.hostname, env);
      const line = proxy === null ? null : await openTunnel(proxy, { host: bareHost(url), port }, over.signal);
      return exchange({ url, question, line, trust }, over.signal);
    };
    try {
      return await withinBudget({ milliseconds, signal }, ask, () => over.abort());
    } catch (error) {
      throw named(error, place);
    }
  };
}

interface Exchange {
  readonly url: URL;
  readonly question: HttpsQuestion;
  /** Through a proxy; null: a line of its own. */
  readonly line: Socket | null;
  readonly trust: Trust;
}

function exchange({ url, question, line, trust }: Exchange, signal: AbortSignal): Promise<HttpsAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpsAnswer>();
  const { method, headers, body } = question;
  const host = bareHost(url);
  const secured = {
    secureContext: trust.secureContext(host),
    ...(isIP(host) === 0 ? { servername: host } : {}),
  };
  // With an agent Node makes the line itself, whatever it is given.
  const way: RequestOptions =
    line === null ? { agent: false } : { createConnection: () => connectSecure({ ...secured, host, socket: line }) };
  const asked = requestSecure(url, { ...secured, ...way, method, headers, signal }, (answer) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    answer.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) asked.destroy(tooLarge());
      else pieces.push(piece);
    });
    answer.once('error', reject);
    answer.once('end', () => {
      const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
      const text = Buffer.concat(pieces).toString('utf8');
      resolve({ status: answer.statusCode ?? 0, headers: Object.fromEntries(received), body: text });
    });
  });
  asked.once('error', reject);
  asked.end(body ?? undefined);
  return promise;
}

const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

function tooLarge(): AppError {
  return new AppError('server.protocol', { serverWords: `> ${mostBytes}` });
}

/** A question is written before the handshake is over: Node then tells OpenSSL's reason in a text behind EPROTO. */
function opensslCode(error: unknown): unknown {
  const { code, message = '' } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  const tooOld = code === 'EPROTO' && /alert protocol version|unsupported protocol/i.test(message);
  return tooOld ? 'ERR_SSL_UNSUPPORTED_PROTOCOL' : code;
}

function named(error: unknown, place: { readonly host: string; readonly port: number }): unknown {
  if (error instanceof AppError) {
    return error.code === 'cancelled' ? error : new AppError(error.code, { ...place, ...error.params });
  }
  const code = lineErrorCode(opensslCode(error));
  if (code !== undefined) return new AppError(code, place, { cause: error });
  // HTTP that Node's parser cannot read.
  const { code: own } = (error ?? {}) as { readonly code?: unknown };
  return typeof own === 'string' && own.startsWith('HPE_')
    ? new AppError('server.protocol', { ...place, serverWords: own })
    : error;
}
