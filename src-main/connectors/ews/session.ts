import { type Exchange, exchangeUrl, newExchange } from '../../../src-shared/domain/exchange.ts';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { withPlace } from '../../net/connect.ts';
import { type Budget, throwIfCancelled } from '../../net/deadline.ts';
import type { SignIn } from '../connectors.ts';
import { createHttpLine, type LineOptions } from '../http-line.ts';
import type { ConnectionTimes } from '../limits.ts';
import { signedInOver } from './authenticate.ts';
import { responseCodeOf, unintelligible } from './errors.ts';
import { thrownRefusal } from './judge-responses.ts';
import { ews } from './library.ts';
import { envelopeOf } from './soap-answer.ts';
import { versionsToAsk } from './versions.ts';

export interface SessionOptions extends LineOptions {
  /** Which version a mailbox's server was found to know, by `source`: behind one address there may be older ones. Outlives the session. */
  readonly knownVersions: Map<string, ews.ExchangeVersion>;
}

export interface AskOptions {
  /** It changes something: never asked twice by itself. */
  readonly changes?: boolean;
  /** A letter may come or go: more bytes, more time. */
  readonly letter?: boolean;
}

export interface Session {
  readonly endpoint: Endpoint;
  readonly times: ConnectionTimes;
  /** Another's that was named; null: of whoever signed in, or is acted for. */
  readonly mailbox: ews.Mailbox | null;
  /** Server, login and mailbox in one word. */
  readonly source: string;
  /** Calls the library; whatever fails, fails as an AppError. */
  ask<T>(work: (service: ews.ExchangeService) => Promise<T>, options: AskOptions, signal: AbortSignal): Promise<T>;
  /** The version that is asked for. */
  version(): ews.ExchangeVersion;
  roundTrips(): number;
  /** The last question may have been heard: it was given to a line, and no whole answer came. */
  unanswered(): boolean;
  close(): void;
}

const mostBytes = 64 * 1024 * 1024;
/** Base64 of the largest letter that any protocol takes here (256 MB); V8 has no longer strings than half a gigabyte. */
const mostLetterBytes = 352 * 1024 * 1024;

/** Nothing is asked yet: the first question is also the sign-in. */
export function openSession(signIn: SignIn, options: SessionOptions): Session {
  const { endpoint, actsAs = '' } = signIn;
  const exchange = exchangeOf(signIn);
  const { mailbox: shared, path } = exchange;
  const address = actsAs || shared;
  const url = exchangeUrl({ ...endpoint, path });
  const line = createHttpLine(endpoint, options);
  const post = signedInOver(line, signIn, exchange);
  const versions = versionsToAsk(exchange.version);
  const source = [url, endpoint.login, address].join(' ').toLowerCase();
  let version = options.knownVersions.get(source) ?? versions[0] ?? ews.ExchangeVersion.Exchange2016;

  const once = async <T>(
    work: (service: ews.ExchangeService) => Promise<T>,
    { changes, letter }: AskOptions,
    signal: AbortSignal,
  ) => {
    const budget: Budget = { milliseconds: letter ? options.times.letter : options.times.answer, signal };
    // The library makes its own of whatever fails below it, or never ends: it hears of whole answers alone.
    const { promise: failed, reject } = Promise.withResolvers<never>();
    const service = createService({ version, url, actsAs }, async (body) => {
      try {
        const headers = { 'Content-Type': 'text/xml; charset=utf-8', Accept: 'text/xml', ...anchor(address) };
        const question = { ...postTo(path, Boolean(letter)), headers, body, repeatable: !changes };
        return envelopeOf(await post(question, budget), endpoint);
      } catch (error) {
        reject(error);
        return new Promise<never>(() => {});
      }
    });
    failed.catch(() => {});
    try {
      return await Promise.race([work(service), failed]);
    } catch (error) {
      throw failureOf(error, endpoint);
    }
  };
  return {
    endpoint,
    times: options.times,
    mailbox: actsAs !== '' || shared === '' ? null : new ews.Mailbox(shared),
    source,
    version: () => version,
    async ask(work, asked, signal) {
      throwIfCancelled(signal);
      for (;;) {
        try {
          return await once(work, asked, signal);
        } catch (error) {
          const older = isOtherVersion(error) ? versions[versions.indexOf(version) + 1] : undefined;
          if (older === undefined) throw error;
          version = older;
          options.knownVersions.set(source, older);
        }
      }
    },
    roundTrips: () => line.answers,
    unanswered: () => line.unanswered,
    close: line.close,
  };
}

const postTo = (path: string, letter: boolean) =>
  ({ method: 'POST', path, mostBytes: letter ? mostLetterBytes : mostBytes }) as const;

export function exchangeOf({ endpoint }: SignIn): Exchange {
  return ('exchange' in endpoint ? endpoint.exchange : undefined) ?? newExchange;
}

interface Asking {
  readonly version: ews.ExchangeVersion;
  readonly url: string;
  readonly actsAs: string;
}

function createService({ version, url, actsAs }: Asking, exchange: (body: string) => Promise<string>) {
  const service = new ews.ExchangeService(version, ews.TimeZoneInfo.Utc);
  // Any address of the mailbox; the library says it as its main one to a server of 2007, which knows no other word.
  if (actsAs !== '') service.ImpersonatedUserId = new ews.ImpersonatedUserId(ews.ConnectingIdType.SmtpAddress, actsAs);
  service.Url = new ews.Uri(url);
  // Who asks is proven below, over the line.
  service.Credentials = withoutCredentials;
  const xhr = async ({ data }: { data?: string }) => {
    const responseText = await exchange(data ?? '');
    return {
      status: 200,
      responseText,
      response: responseText,
      getAllResponseHeaders: () => '',
      getResponseHeader: () => null,
    };
  };
  service.XHRApi = { xhr, xhrStream: xhr, disconnect() {}, apiName: 'mailroom' } as unknown as ews.IXHRApi;
  return service;
}

const withoutCredentials = Object.assign(new ews.WebCredentials('-', '-'), { PrepareWebRequest() {} });

/** Several servers behind one name find the mailbox by it. */
const anchor = (address: string): Readonly<Record<string, string>> =>
  address === '' ? {} : { 'X-AnchorMailbox': address };

function isOtherVersion(error: unknown): boolean {
  const code = responseCodeOf(error);
  return isAppError(error, 'server.unsupported') && code !== null;
}

/** In our words, with the server's name. */
function failureOf(error: unknown, endpoint: Endpoint): AppError {
  const refusal = thrownRefusal(error, endpoint);
  return refusal instanceof AppError ? withPlace(refusal, endpoint) : unintelligible(endpoint, wordsOf(error), error);
}

/** What the library throws is not always an Error. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : (error as { readonly message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : 'XML';
}
