import type { TicketId } from '../../src-shared/domain/ids.ts';
import { comparableAddress } from '../../src-shared/domain/sender-pattern.ts';
import type { AttachReason } from '../../src-shared/domain/ticket.ts';
import { markedNumbers } from './subject-mark.ts';

export interface LetterSigns {
  readonly fromAddress: string;
  readonly subject: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
}

export interface KnownTickets {
  readonly byHeader: ReadonlyMap<string, TicketId>;
  /** Of the numbers that the subject marks: who may write to them. */
  readonly correspondents: ReadonlyMap<number, readonly string[]>;
}

export interface Thread {
  readonly ticketId: TicketId;
  readonly reason: AttachReason;
}

/**
 * Which ticket a letter belongs to: In-Reply-To, then References from the nearest on, then our mark in the subject. The mark can be typed by
 * anyone, so it counts only for those whom the ticket knows: a stranger who writes [#12] gets a ticket of their own.
 */
export function threadLetter(letter: LetterSigns, known: KnownTickets): Thread | null {
  for (const header of letter.inReplyTo.toReversed()) {
    const ticketId = known.byHeader.get(header);
    if (ticketId !== undefined) return { ticketId, reason: 'in-reply-to' };
  }
  for (const header of letter.references.toReversed()) {
    const ticketId = known.byHeader.get(header);
    if (ticketId !== undefined) return { ticketId, reason: 'references' };
  }
  const from = comparableAddress(letter.fromAddress);
  if (from === null) return null;
  for (const number of markedNumbers(letter.subject)) {
    const correspondents = known.correspondents.get(number) ?? [];
    if (correspondents.some((address) => comparableAddress(address) === from))
      return { ticketId: number as TicketId, reason: 'subject-mark' };
  }
  return null;
}
