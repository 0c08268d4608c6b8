import type { StockThread } from '../stock/stock.ts';
import { type Charset, canEncode } from './charsets.ts';
import { type Correspondent, composeLetter, type LetterDraft } from './compose-letter.ts';
import { dressText } from './dress-text.ts';
import { smallFile } from './small-files.ts';
import type { TransferEncoding } from './transfer-encoding.ts';

export interface Conversation {
  readonly thread: StockThread;
  /** Makes its numbers, ways of writing and Message-IDs, the same at each start. */
  readonly number: number;
  readonly customer: Correspondent;
  readonly us: Correspondent;
  /** When the first letter was sent; the others follow within days, none after `until`. */
  readonly from: number;
  readonly until: number;
  /** A picture on a server out there, for newsletters. */
  readonly remotePicture?: string;
}

export interface WrittenLetter {
  readonly ours: boolean;
  readonly at: number;
  readonly raw: Uint8Array;
}

const minute = 60_000;

const waysOfWriting: Readonly<Record<'ru' | 'en', readonly (readonly [Charset, TransferEncoding])[]>> = {
  ru: [
    ['utf-8', 'base64'],
    ['koi8-r', '8bit'],
    ['windows-1251', 'quoted-printable'],
    ['utf-8', 'quoted-printable'],
    ['koi8-r', 'base64'],
    ['windows-1251', '8bit'],
  ],
  en: [
    ['utf-8', 'quoted-printable'],
    ['iso-8859-1', 'quoted-printable'],
    ['utf-8', '8bit'],
  ],
};

/** All letters of one conversation, in the order in which they were sent. */
export function writeConversation(conversation: Conversation): WrittenLetter[] {
  const { thread, number, from, until } = conversation;
  const ids = thread.turns.map((_, turn) => messageId(conversation, turn));
  // Between forty minutes and a working day from one letter to the next.
  const gap = (40 + ((number * 53) % 440)) * minute;
  return thread.turns.map((_, turn) => {
    const latest = until - (thread.turns.length - turn) * 4 * minute;
    const at = Math.min(from + turn * gap, latest);
    const ours = turn % 2 === 1;
    return { ours, at, raw: composeLetter(draftOf(conversation, { turn, at, references: ids.slice(0, turn) })) };
  });
}

export function messageId({ number, customer, us }: Conversation, turn: number): string {
  const writer = turn % 2 === 1 ? us : customer;
  return `<demo-${number}-${turn}@${writer.address.split('@')[1]}>`;
}

interface Place {
  readonly turn: number;
  readonly at: number;
  readonly references: readonly string[];
}

function draftOf(conversation: Conversation, { turn, at, references }: Place): LetterDraft {
  const { thread, number, customer, us, remotePicture } = conversation;
  const { language } = thread;
  const [writer, reader] = turn % 2 === 1 ? [us, customer] : [customer, us];
  const subject = `${turn === 0 ? '' : 'Re: '}${fill(thread.subject, number)}`;
  const text = `${greeting(language, reader, turn)}\n\n${fill(thread.turns[turn] ?? '', number)}\n\n${closing(language, writer)}`;
  const [charset, encoding] = wayOfWriting(conversation, turn, subject + text);
  return {
    from: writer,
    to: reader,
    subject,
    text,
    html: turn === 0 && thread.styled ? dressText(text, subject, remotePicture ?? null) : undefined,
    files: turn === 0 && thread.file ? [smallFile(thread.file, number, language)] : [],
    messageId: messageId(conversation, turn),
    references,
    sentAt: at,
    charset,
    encoding,
  };
}

function wayOfWriting({ thread, number, customer, us }: Conversation, turn: number, text: string) {
  const ways = waysOfWriting[thread.language];
  const way = ways[(number + turn) % ways.length] ?? (['utf-8', 'base64'] as const);
  return canEncode(text + customer.name + us.name, way[0]) ? way : (['utf-8', way[1]] as const);
}

function fill(text: string, number: number): string {
  return text.replaceAll('{n}', String(number)).replaceAll('{room}', String(101 + (number % 300)));
}

function greeting(language: 'ru' | 'en', reader: Correspondent, turn: number): string {
  if (turn % 2 === 0) return language === 'ru' ? 'Здравствуйте!' : 'Hello,';
  const first = reader.name.split(' ')[0];
  return language === 'ru' ? `Здравствуйте, ${first}!` : `Hello ${first},`;
}

function closing(language: 'ru' | 'en', writer: Correspondent): string {
  return language === 'ru' ? `С уважением,\n${writer.name}` : `Kind regards\n${writer.name}`;
}
