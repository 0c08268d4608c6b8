import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../../src-shared/errors/codes.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { placeOf } from '../../net/tls.ts';
import type { HttpAnswer } from '../http-line.ts';
import { passesByItself } from '../passing-status.ts';
import { waitInHeader } from '../retry-after.ts';
import { refusalError, unintelligible } from './errors.ts';

/**
 * The envelope of an answer that came whole; every other answer is thrown. The library's parser warns of a text that breaks off and goes on, and a listing that ended early would be
 * letters that are never seen: so nothing reaches it but what begins and ends as an envelope does.
 */
export function envelopeOf(answer: HttpAnswer, endpoint: Endpoint): string {
  const { status, text } = answer;
  if (status === 200) {
    const fault = isWhole(text) ? faultIn(text) : null;
    if (fault !== null) throw refusalError(fault, endpoint);
    if (isWhole(text)) return withKnownItems(text);
    throw unintelligible(endpoint, 'HTTP 200, XML');
  }
  const fault = status === 500 && isWhole(text) ? faultIn(text) : null;
  throw fault === null ? httpError(answer, endpoint) : refusalError(fault, endpoint);
}

/** Elements of items (ItemType and those derived from it in Microsoft's types.xsd) of which the library has no class. */
const unknownItems = /(?<=<\/?(?:[\w.-]+:)?)(SharingMessage|RoleMember|Network|Person)(?=[\s/>])/g;

/** One such item, as an invitation to share a calendar is, made a whole listing an error. What is wanted of it every item has, or every message. */
function withKnownItems(text: string): string {
  return text.replace(unknownItems, (element) => (element === 'SharingMessage' ? 'Message' : 'Item'));
}

function isWhole(text: string): boolean {
  const [, prefix = ''] = text.match(/^\s*(?:<\?xml[^>]*\?>)?\s*<([\w.-]+:)?Envelope[\s>]/) ?? [null, null];
  if (prefix === null) return false;
  return text.trimEnd().endsWith(`</${prefix}Envelope>`);
}

/** A SOAP fault is short; a letter that speaks of one is base64. */
function faultIn(text: string) {
  if (!/<(?:[\w.-]+:)?Fault[\s>]/.test(text)) return null;
  const said = (name: string): string =>
    text.match(new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>([^<]*)<`))?.[1]?.trim() ?? '';
  const [, backOff] = text.match(/Name="BackOffMilliseconds"[^>]*>\s*(\d{1,10})\s*</) ?? [];
  return {
    responseCode: said('ResponseCode') || 'Fault',
    words: said('Message') || said('faultstring'),
    backOff: backOff === undefined ? null : Number(backOff),
  };
}

const byStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'auth.rejected',
  403: 'exchange.switched-off',
  413: 'message.too-large',
  429: 'server.throttled',
  503: 'server.throttled',
  509: 'server.throttled',
};

/** The sign-in is taken; what the token was granted for is something else (2000008: not enough scope, or none). */
const ungranted = /\b2000008\b|\binvalid_grant\b/;

function meaningOf(status: number, diagnostics: string): ErrorCode {
  if (status === 403 && ungranted.test(diagnostics)) return 'exchange.no-permission';
  return byStatus[status] ?? (passesByItself(status) ? 'server.unavailable' : 'server.refused');
}

function httpError({ status, headers }: HttpAnswer, endpoint: Endpoint): AppError {
  const redirect = status >= 300 && status < 400 ? ` ${headers.location ?? ''}` : '';
  const diagnostics = String(headers['x-ms-diagnostics'] ?? '');
  const words = serverWords(`HTTP ${status}${redirect} ${diagnostics}`, `HTTP ${status}`, endpoint.login);
  const code = meaningOf(status, diagnostics);
  const wait = code === 'server.throttled' ? waitInHeader(headers['retry-after']) : {};
  return new AppError(code, { ...placeOf(endpoint), serverWords: words, ...wait });
}
