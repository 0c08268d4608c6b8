import type { TicketId } from '../../src-shared/domain/ids.ts';

/** Answer and forward prefixes of common programs, in both languages: `Re[2]:`, `FW:`, `Ответ:`. */
const prefix = /^\s*(?:(?:re|aw|sv|fwd?|wg|отв|ответ|на|пересл|пересылка)(?:\[\d{1,3}\])?\s*[:：]\s*)+/i;
/** RFC 5322, 2.1.1: a line is at most 998 characters; a subject that long is no subject. */
const MAX_SUBJECT = 250;
const MAX_MARKS = 10;

/** `[#12]`, by which a letter without headers finds its ticket. */
export function subjectMark(ticketId: TicketId): string {
  return `[#${ticketId}]`;
}

/** Numbers of all marks, the last one first: ours stands at the end, other systems use the same form. */
export function markedNumbers(subject: string): number[] {
  const numbers = [...subject.matchAll(/\[#(\d{1,15})\]/g)].map(([, digits]) => Number(digits));
  return [...new Set(numbers.filter((number) => number > 0).toReversed())].slice(0, MAX_MARKS);
}

/** One `Re:` and one mark, however often the letter went back and forth. */
export function answerSubject(ticketSubject: string, ticketId: TicketId): string {
  const mark = subjectMark(ticketId);
  const line = ticketSubject.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(mark, ' ');
  const words = line.replace(prefix, '').replace(/\s+/g, ' ').trim();
  const short = [...words].slice(0, MAX_SUBJECT).join('').trim();
  return short === '' ? `Re: ${mark}` : `Re: ${short} ${mark}`;
}
