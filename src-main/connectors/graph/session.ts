import type { z } from 'zod';
import { type Graph, newGraph } from '../../../src-shared/domain/graph.ts';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { throwIfCancelled } from '../../net/deadline.ts';
import type { SignIn } from '../connectors.ts';
import { createHttpLine, type HttpAnswer, type HttpQuestion, type LineOptions } from '../http-line.ts';
import { keepToken } from '../kept-token.ts';
import { refusalError, unintelligible } from './errors.ts';
import { type Gates, gateOf } from './gate.ts';

export interface SessionOptions extends LineOptions {
  readonly gates: Gates;
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  /** As `at` or `placeIn` gives it. */
  readonly path: string;
  /** Named things, or a letter in base64. */
  readonly body?: Readonly<Record<string, unknown>> | string;
  /** How many of a listing at once. */
  readonly pageSize?: number;
  /** A letter may come or go: more bytes, more time. */
  readonly letter?: boolean;
}

/** Questions to Graph about one mailbox, one after another. */
export interface Session {
  readonly endpoint: Endpoint;
  /** Server, login and mailbox in one word. */
  readonly source: string;
  /** Of something in the mailbox, `/mailFolders` for one. */
  at(path: string): string;
  /** Of a link that the service gave; the token goes to no other host than the one that was chosen. */
  placeIn(link: string): string;
  /** An answer that says yes; whatever else comes is thrown as an AppError. */
  ask(question: Question, signal: AbortSignal): Promise<HttpAnswer>;
  read<S extends z.ZodType>(shape: S, question: Question, signal: AbortSignal): Promise<z.output<S>>;
  roundTrips(): number;
  /** The last question may have been heard: it was given to a line, and no whole answer came. */
  unanswered(): boolean;
  close(): void;
}

const mostBytes = 64 * 1024 * 1024;
/** As every protocol takes here. */
const mostLetterBytes = 256 * 1024 * 1024;

/** Without it the name of a letter changes with its folder. */
const immutableIds = 'IdType="ImmutableId"';

/** Nothing is asked yet: the first question is also the sign-in. */
export function openSession(signIn: SignIn, options: SessionOptions): Session {
  const { endpoint } = signIn;
  const { mailbox } = graphOf(signIn);
  const base = `/v1.0/${mailbox === '' ? 'me' : `users/${encodeURIComponent(mailbox)}`}`;
  const { host, port, login } = endpoint;
  const line = createHttpLine(endpoint, options);
  const gate = gateOf(options.gates, `${host}:${port} ${mailbox || login}`.toLowerCase());
  const withKeptToken = keepToken(signIn);

  const ask = async (question: Question, signal: AbortSignal): Promise<HttpAnswer> => {
    throwIfCancelled(signal);
    const { method = 'GET', path, body, letter } = question;
    const budget = { milliseconds: letter ? options.times.letter : options.times.answer, signal };
    const asked = (token: string): HttpQuestion => ({
      method,
      path,
      headers: { Authorization: `Bearer ${token}`, ...headersOf(question) },
      body: typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body),
      mostBytes: letter ? mostLetterBytes : mostBytes,
      repeatable: method === 'GET',
    });
    const answer = await withKeptToken((token) => gate.pass(() => line.ask(asked(token), budget), signal), signal);
    if (answer.status < 200 || answer.status > 299) throw refusalError(answer, endpoint);
    return answer;
  };
  return {
    endpoint,
    source: `https://${host}:${port} ${login} ${mailbox}`.toLowerCase(),
    at: (path) => `${base}${path}`,
    placeIn: (link) => placeIn(link, endpoint),
    ask,
    async read(shape, question, signal) {
      const { text } = await ask(question, signal);
      return readAs(shape, text, endpoint);
    },
    roundTrips: () => line.answers,
    unanswered: () => line.unanswered,
    close: line.close,
  };
}

export function graphOf({ endpoint }: SignIn): Graph {
  return ('graph' in endpoint ? endpoint.graph : undefined) ?? newGraph;
}

function headersOf({ body, pageSize }: Question): Readonly<Record<string, string>> {
  return {
    Accept: 'application/json, message/rfc822;q=0.9, */*;q=0.1',
    Prefer: pageSize === undefined ? immutableIds : `${immutableIds}, odata.maxpagesize=${pageSize}`,
    ...(body === undefined ? {} : { 'Content-Type': typeof body === 'string' ? 'text/plain' : 'application/json' }),
  };
}

function placeIn(link: string, endpoint: Endpoint): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  const port = url === null || url.port !== '' ? Number(url?.port) : url.protocol === 'https:' ? 443 : 80;
  if (url?.hostname.toLowerCase() !== endpoint.host.toLowerCase() || port !== endpoint.port)
    throw unintelligible(endpoint, `@odata.nextLink ${url?.host ?? ''}`);
  return `${url.pathname}${url.search}`;
}

function readAs<S extends z.ZodType>(shape: S, text: string, endpoint: Endpoint): z.output<S> {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (error) {
    throw unintelligible(endpoint, 'JSON', error);
  }
  const parsed = shape.safeParse(told);
  if (parsed.success) return parsed.data;
  throw unintelligible(endpoint, `JSON: ${parsed.error.issues[0]?.path.join('.') ?? ''}`);
}
