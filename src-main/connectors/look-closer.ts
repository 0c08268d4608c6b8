import { connect as connectPlain, type Socket } from 'node:net';
import type { PortClues } from '../../src-shared/doctor/clues.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { withinBudget } from '../net/deadline.ts';
import { placeOf, unjudgedSocket } from '../net/tls.ts';

/** Enough to know any greeting, and the first line of a page. */
const mostHeard = 1024;

const greetings: readonly (readonly [RegExp, NonNullable<PortClues['speaks']>])[] = [
  [/^\* (OK|PREAUTH|BYE)/i, 'imap'],
  [/^(\+OK|-ERR)/i, 'pop3'],
  [/^(220|421|450|521|554)[ -](?!.*\bFTP\b)/i, 'smtp'],
  [/^HTTP\/|^\s*<(!doctype|html)/i, 'http'],
];

/**
 * Who stands at a port, after a failure that does not say it: listens first, since mail servers greet; then tries TLS, and asks as a browser would. At most three lines of
 * their own, no name and no password; the certificate is not judged, since nothing is believed. Never fails.
 */
export async function lookCloser(
  endpoint: Endpoint,
  { milliseconds, signal }: { readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<PortClues> {
  const listen = (line: Socket, say: string | null): Promise<string> => firstWords(line, say, { milliseconds, signal });
  const question = `GET / HTTP/1.0\r\nHost: ${endpoint.host}\r\n\r\n`;
  const greeting = await listen(connectPlain(placeOf(endpoint)), null);
  if (greeting !== '') return { speaks: speakerOf(greeting), overTls: false, time: timeIn(greeting) };
  const [secured, page] = await Promise.all([
    lookThroughTls(endpoint, listen, question),
    listen(connectPlain(placeOf(endpoint)), question),
  ]);
  if (secured !== null) return { speaks: speakerOf(secured), overTls: true, time: timeIn(secured) };
  return { speaks: speakerOf(page), overTls: false, time: null };
}

/** Null where there is no TLS. */
async function lookThroughTls(
  endpoint: Endpoint,
  listen: (line: Socket, say: string | null) => Promise<string>,
  question: string,
): Promise<string | null> {
  const open = () => {
    const line = unjudgedSocket(endpoint);
    let secure = false;
    line.once('secureConnect', () => {
      secure = true;
    });
    return { line, isSecure: () => secure };
  };
  const first = open();
  const greeting = await listen(first.line, null);
  if (greeting !== '' || !first.isSecure()) return first.isSecure() ? greeting : null;
  return listen(open().line, question);
}

/** What comes before the line ends, the time is up or enough has come. */
async function firstWords(
  line: Socket,
  say: string | null,
  budget: { readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<string> {
  let heard = '';
  const { promise, resolve } = Promise.withResolvers<void>();
  line
    .on('data', (chunk: Buffer) => {
      heard = (heard + chunk.toString('latin1')).slice(0, mostHeard);
      if (heard.length >= mostHeard || heard.includes('\n')) resolve();
    })
    .on('error', () => resolve())
    .on('close', () => resolve());
  if (say !== null) line.write(say);
  try {
    await withinBudget(budget, () => promise, resolve);
  } catch {
    // The time is up, or nobody wants to know any more: what was heard is what is known.
  } finally {
    line.destroy();
  }
  return heard;
}

function speakerOf(words: string): PortClues['speaks'] {
  if (words === '') return null;
  return greetings.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}

/** Mail servers of many kinds end their greeting with the date (RFC 5322). */
function timeIn(greeting: string): number | null {
  const [written] = greeting.match(/\b(\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}/) ?? [];
  const time = Date.parse(written ?? '');
  return Number.isNaN(time) ? null : time;
}
