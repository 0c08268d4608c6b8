import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { encryptLine, lineError, openLine } from '../net/connect.ts';
import { type Budget, withinBudget } from '../net/deadline.ts';
import { placeOf, type Trust } from '../net/tls.ts';
import type { ConnectionTimes } from './limits.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The same as UTF-8. */
  readonly text: string;
}

export interface HttpQuestion {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A longer answer ends the line. */
  readonly mostBytes: number;
  /** Nothing is done twice by asking twice: it may be asked again where the server had ended a line that was kept. */
  readonly repeatable: boolean;
}

/** Questions to one server, one after another, over one line that is kept and made again when it is lost. */
export interface HttpLine {
  /** Whatever the status. Never goes where a redirect points to. */
  ask(question: HttpQuestion, budget: Budget): Promise<HttpAnswer>;
  readonly host: string;
  /** The line that the last answer came over. */
  readonly socket: Socket | null;
  /** Answers so far. */
  readonly answers: number;
  /** Whether the last question was given to a line, and no whole answer came: the server may have heard it. */
  readonly unanswered: boolean;
  close(): void;
}

export interface LineOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
  readonly watch?: { connected(socket: Socket): void; secured(socket: TLSSocket): void };
}

/** The line is the house's: trust, pinned certificates and deadlines are those of every other protocol. */
export function createHttpLine(endpoint: Endpoint, { trust, times, watch }: LineOptions): HttpLine {
  const closing = new AbortController();
  let socket: Socket | null = null;
  let answers = 0;
  let unanswered = false;

  const connect = async (): Promise<Socket> => {
    const budget = { milliseconds: times.connect, signal: closing.signal };
    const line = await openLine(endpoint, budget, 'web');
    watch?.connected(line);
    if (endpoint.encryption === 'none') return line;
    const secured = await encryptLine(line, { endpoint, trust }, budget);
    watch?.secured(secured);
    return secured;
  };
  const agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
    createConnection(_: unknown, made: (error: Error | null, socket?: Socket) => void) {
      connect().then(
        (line) => {
          socket = line;
          made(null, line);
        },
        (error: Error) => made(error),
      );
      return undefined;
    },
  });
  const once = async (question: HttpQuestion, budget: Budget): Promise<HttpAnswer> => {
    const exchange = startExchange(endpoint, agent, question, times.silence);
    exchange.asked.once('socket', () => {
      unanswered = true;
    });
    const answer = await withinBudget(budget, () => exchange.answer, exchange.cut);
    answers += 1;
    unanswered = false;
    return answer;
  };
  return {
    host: endpoint.host,
    async ask(question, budget) {
      unanswered = false;
      try {
        return await once(question, budget);
      } catch (error) {
        if (!(error instanceof StaleLine && question.repeatable)) throw lineError(reasonOf(error), endpoint);
      }
      try {
        return await once(question, budget);
      } catch (error) {
        throw lineError(reasonOf(error), endpoint);
      }
    },
    get socket() {
      return socket;
    },
    get answers() {
      return answers;
    },
    get unanswered() {
      return unanswered;
    },
    close() {
      closing.abort();
      agent.destroy();
      socket?.destroy();
    },
  };
}

/** The server had ended the line while nobody spoke; the question has not been answered, and may not have been heard. */
class StaleLine extends Error {
  override readonly name = 'StaleLine';
}

function reasonOf(error: unknown): unknown {
  if (error instanceof StaleLine) return new AppError('network.dropped', {}, { cause: error });
  // HTTP that Node's parser cannot read.
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (typeof code !== 'string' || !code.startsWith('HPE_')) return error;
  return new AppError('server.protocol', { serverWords: code }, { cause: error });
}

function startExchange(endpoint: Endpoint, agent: Agent, question: HttpQuestion, silence: number) {
  const { promise: answer, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const body = Buffer.from(question.body, 'utf8');
  const asked = request({
    agent,
    ...placeOf(endpoint),
    method: question.method,
    path: question.path,
    headers: {
      ...question.headers,
      Host: hostOf(endpoint),
      ...(question.method === 'GET' ? {} : { 'Content-Length': String(body.length) }),
    },
  });
  let begun = false;
  asked.on('response', (response) => {
    begun = true;
    readAnswer(response, question.mostBytes).then(resolve, reject);
  });
  asked.on('error', (error: NodeJS.ErrnoException) => {
    const lost = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    if (lost && !begun && asked.reusedSocket) reject(new StaleLine('the line had ended', { cause: error }));
    else reject(error.code === 'ECONNRESET' ? new AppError('network.dropped', {}, { cause: error }) : error);
  });
  asked.setTimeout(silence, () => asked.destroy(new AppError('network.timeout')));
  asked.end(body);
  return { asked, answer, cut: () => void asked.destroy(new AppError('network.dropped')) };
}

async function readAnswer(response: IncomingMessage, mostBytes: number): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    length += (chunk as Buffer).length;
    if (length > mostBytes) {
      response.destroy();
      throw new AppError('server.protocol', { serverWords: `HTTP > ${mostBytes}` });
    }
    chunks.push(chunk as Buffer);
  }
  // An answer cut short ends the loop with an error; one without a length is judged by who reads it.
  const bytes = Buffer.concat(chunks);
  const { statusCode: status = 0, headers } = response;
  return { status, headers, bytes, text: bytes.toString('utf8') };
}

function hostOf({ host, port }: Endpoint): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
