import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertificateFiles } from '../certificates.ts';
import { distinguishedFolder, type StoredFolder, type StoredMailbox } from '../exchange/mailboxes.ts';
import type { MeetingAnswered } from '../exchange/meetings.ts';
import { calendarRoutes } from './calendar-routes.ts';
import { contactRoutes } from './contact-routes.ts';
import { createGraphMailbox } from './graph-mailbox.ts';
import { faultsOfAnswer, faultsOfQuestion } from './published-faults.ts';
import { type GraphAnswer, type Route, refused, routes } from './routes.ts';

/** Who a token stands for; null: an application, which has no mailbox of its own. */
export interface Bearer {
  readonly address: string | null;
  /** Mailboxes besides its own. */
  readonly opens?: readonly string[];
}

/** Instead of the usual answer, or after it. */
export type GraphFault =
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly code?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text?: string;
    }
  /** The usual answer is worked out, and ends here, with a length that fits. */
  | { readonly kind: 'cut-text'; readonly keep: number }
  /** It ends before its own length says so. */
  | { readonly kind: 'cut-line' }
  /** It says no length, and ends with the line. */
  | { readonly kind: 'no-length' }
  /** The usual answer, and the line ends behind it. */
  | { readonly kind: 'last-answer' }
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'silence' };

export interface GraphDouble {
  readonly port: number;
  readonly tokens: Map<string, Bearer>;
  folder(address: string, distinguished?: string): StoredFolder;
  mailbox(address: string): StoredMailbox;
  /** What was answered to invitations, in the words of Exchange. */
  readonly answers: MeetingAnswered[];
  /** Names of what was asked, in order. */
  readonly asked: string[];
  readonly heard: { readonly authorization: string; readonly url: string; readonly body: string }[];
  /** What was asked that the service does not know: unknown paths, query options, missing headers; and what of a question or an answer is not as Microsoft's types have it. */
  readonly mistakes: string[];
  pageSize: number;
  faults: (name: string, url: string) => GraphFault | null;
  /** While it is there, answers wait for it. */
  hold: Promise<void> | null;
  /** For one mailbox, at most, ever; and how many were refused for it. */
  readonly crowd: { most: number; refused: number };
  cutLines(): void;
  stop(): Promise<void>;
}

export const clientSecret = 'a-secret-of-the-application';
export const applicationToken = 'a-token-of-the-application';

const atOnce = 4;

/** Microsoft Graph's mail in memory, over TLS on a port of its own; strict in what it takes. */
export async function startGraphDouble(
  { cert, key }: CertificateFiles,
  addresses: readonly string[],
  /** Who a token stands for that is none of `tokens`; null: it is refused. */
  bearerOf: (token: string) => Bearer | null = () => null,
): Promise<GraphDouble> {
  const mailboxes = new Map(addresses.map((address) => [address, createGraphMailbox(address)]));
  const mailbox = (address: string): StoredMailbox => {
    const found = mailboxes.get(address);
    if (!found) throw new Error(`no mailbox ${address}`);
    return found;
  };
  const state: Omit<GraphDouble, 'port' | 'stop' | 'cutLines'> = {
    tokens: new Map(),
    folder: (address, distinguished = 'inbox') => distinguishedFolder(mailbox(address), distinguished),
    mailbox,
    answers: [],
    asked: [],
    heard: [],
    mistakes: [],
    pageSize: 500,
    faults: () => null,
    hold: null,
    crowd: { most: 0, refused: 0 },
  };
  const inside = new Map<string, number>();

  const serve = async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const { authorization = '' } = request.headers;
    const url = request.url ?? '';
    if (url === '/token') return void write(response, tokenAnswer(body), null);
    state.heard.push({ authorization, url, body });
    const token = authorization.replace(/^Bearer /, '');
    const bearer = state.tokens.get(token) ?? bearerOf(token);
    if (!bearer) return void write(response, refused(401, 'InvalidAuthenticationToken'), null);
    const [, me, address = '', path = ''] = url.split('?')[0]?.match(/^\/v1\.0\/(?:(me)|users\/([^/]+))(\/.*)$/) ?? [];
    const whose = me ? bearer.address : decodeURIComponent(address);
    if (whose === null) return void write(response, refused(400, 'BadRequest'), null);
    const found = mailboxes.get(whose);
    if (!found) return void write(response, refused(404, 'ErrorInvalidUser'), null);
    if (whose !== bearer.address && !bearer.opens?.includes(whose))
      return void write(response, refused(403, 'ErrorAccessDenied'), null);
    const count = (inside.get(whose) ?? 0) + 1;
    inside.set(whose, count);
    state.crowd.most = Math.max(state.crowd.most, count);
    try {
      if (count > atOnce) {
        state.crowd.refused += 1;
        return void write(response, refused(429, 'ApplicationThrottled'), null);
      }
      await state.hold;
      answer(request, response, { mailbox: found, path, body });
    } finally {
      inside.set(whose, (inside.get(whose) ?? 1) - 1);
    }
  };

  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    { mailbox: of, path, body }: { readonly mailbox: StoredMailbox; readonly path: string; readonly body: string },
  ): void => {
    // As it was reached: somebody may stand between.
    const url = new URL(request.url ?? '', `https://${request.headers.host ?? `localhost:${port()}`}`);
    const route = [...routes, ...calendarRoutes, ...contactRoutes].find(
      (one) => one.method === request.method && one.path.test(path) && (one.query?.test(url.search) ?? true),
    );
    const mistake = mistakeIn(request, route, url);
    if (mistake !== null || !route) {
      state.mistakes.push(`${request.method} ${request.url}: ${mistake}`);
      return void write(response, refused(400, 'BadRequest'), null);
    }
    state.asked.push(route.name);
    state.mistakes.push(...faultsOfQuestion(route, url, body));
    const fault = state.faults(route.name, request.url ?? '');
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'http') return void write(response, { status: fault.status }, fault);
    const [, most] = String(request.headers.prefer).match(/odata\.maxpagesize=(\d+)/) ?? [];
    const usual = route.answer({
      mailbox: of,
      mailboxes,
      answers: state.answers,
      ids: (path.match(route.path)?.slice(1) ?? []).map(decodeURIComponent),
      query: url.searchParams,
      body,
      pageSize: Math.min(Number(most ?? state.pageSize), state.pageSize),
      link: (query) => `${url.origin}${url.pathname}?${query}`,
    });
    state.mistakes.push(...faultsOfAnswer(route, usual));
    if (fault?.kind === 'drop-after') return void request.socket.destroy();
    write(response, usual, fault);
  };

  const server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void serve(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (): number => (server.address() as AddressInfo).port;
  return Object.assign(state, {
    port: port(),
    cutLines: () => server.closeAllConnections(),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** The sign-in service beside it: the application's own token for its secret (RFC 6749, 4.4). */
function tokenAnswer(body: string): GraphAnswer {
  const asked = new URLSearchParams(body);
  const right = asked.get('grant_type') === 'client_credentials' && asked.get('client_secret') === clientSecret;
  return right
    ? { status: 200, json: { access_token: applicationToken, token_type: 'Bearer', expires_in: 3600 } }
    : { status: 401, json: { error: 'invalid_client' } };
}

function mistakeIn({ headers }: IncomingMessage, route: Route | undefined, url: URL): string | null {
  if (!route) return 'unknown path';
  const other = [...url.searchParams.keys()].find((name) => !route.options.includes(name));
  if (other !== undefined) return `unknown option ${other}`;
  if (!String(headers.prefer ?? '').includes('IdType="ImmutableId"')) return 'names that change';
  if (route.contentType !== undefined && headers['content-type'] !== route.contentType)
    return `content type ${headers['content-type']}`;
  return null;
}

function write(response: ServerResponse, { status, json, bytes }: GraphAnswer, fault: GraphFault | null): void {
  if (fault?.kind === 'http') {
    const said = fault.code === undefined ? (fault.text ?? '') : JSON.stringify(refused(0, fault.code).json);
    return void response.writeHead(status, fault.headers).end(said);
  }
  const whole = bytes ?? Buffer.from(json === undefined ? '' : JSON.stringify(json));
  const kept = fault?.kind === 'cut-text' ? whole.subarray(0, Math.floor(whole.length * fault.keep)) : whole;
  const type = { 'Content-Type': bytes ? 'text/plain' : 'application/json' };
  if (fault?.kind === 'cut-line') {
    response.writeHead(status, { ...type, 'Content-Length': String(kept.length) });
    return void response.write(kept.subarray(0, kept.length >> 1), () => response.destroy());
  }
  if (fault?.kind === 'no-length') {
    response.useChunkedEncodingByDefault = false;
    response.writeHead(status, { ...type, Connection: 'close' });
    return void response.end(kept.subarray(0, kept.length >> 1));
  }
  const last = fault?.kind === 'last-answer' ? { Connection: 'close' } : {};
  response.writeHead(status, { ...type, ...last, 'Content-Length': String(kept.length) }).end(kept);
}
