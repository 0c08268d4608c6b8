import { foldText } from './fold-text.ts';

/** Letters without case and marks: what differs only in those is the same to whoever searches. */
export function foldName(text: string): string {
  return foldText(text.toWellFormed())
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .trim();
}

const wordsOf = (text: string): readonly string[] => foldName(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

const digitsOf = (number: string): string => number.replace(/\D+/g, '');

/** Too many only make the table large: nobody is searched for by the hundredth word. */
const most = 100;
const longest = 100;

export interface Findable {
  readonly name: string;
  readonly company: string;
  readonly department: string;
  readonly jobTitle: string;
  readonly addresses: readonly { readonly name: string; readonly address: string }[];
  readonly phones: readonly { readonly number: string }[];
}

/** What a contact is found by, each by its beginning. */
export function contactWords(contact: Findable): readonly string[] {
  const { name, company, department, jobTitle, addresses, phones } = contact;
  const words = [
    ...[name, company, department, jobTitle].flatMap(wordsOf),
    // The whole address too, so that typing on over the @ goes on finding it.
    ...addresses.flatMap((one) => [foldName(one.address), ...wordsOf(one.address), ...wordsOf(one.name)]),
    ...phones.flatMap(({ number }) => numberWords(number)),
  ];
  const short = words.filter((word) => word !== '').map((word) => word.slice(0, longest));
  return [...new Set(short)].slice(0, most);
}

/** `+7 (495) 123-45-67` is found by 7495…, 495…, 123… and the number in one piece with an 8 in place of its +7, as it is dialled in Russia. */
function numberWords(number: string): readonly string[] {
  const groups = [...number.matchAll(/\d+/g)];
  const tails = groups.map(({ index }) => digitsOf(number.slice(index)));
  const all = tails[0] ?? '';
  const other = /^[78]\d{10}$/.test(all) ? [`${all.startsWith('7') ? 8 : 7}${all.slice(1)}`, all.slice(1)] : [];
  return [...tails, ...other];
}

/** Beginnings of words, all of which must occur. What is typed as a phone number is one, however it is written. */
export function wantedWords(typed: string): readonly string[] {
  const text = typed.trim();
  if (/^[+\d][\d\s().-]*$/.test(text)) {
    const digits = digitsOf(text);
    return digits === '' ? [] : [digits];
  }
  const parts = text.split(/[\s,;<>"]+/).flatMap((part) => (part.includes('@') ? [foldName(part)] : wordsOf(part)));
  return [...new Set(parts.filter((part) => part !== ''))].slice(0, 10);
}

/** The first text that begins otherwise than `word`. */
export const behind = (word: string): string => `${word}\u{10ffff}`;
