import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { QuarantineWhy } from '../../src-shared/domain/ledger.ts';
import type { Afterwards, Mailbox } from '../../src-shared/domain/mailbox.ts';
import { comparableAddress } from '../../src-shared/domain/sender-pattern.ts';
import type { SortingOutcome, UnsortedLetter } from '../store/api/tickets.ts';
import type { SenderMatcher } from './match-sender.ts';
import { type KnownTickets as ThreadedTickets, threadLetter } from './thread-letter.ts';

export interface SortingRules {
  readonly mailboxId: MailboxId;
  readonly collectsTickets: boolean;
  /** Addresses that this mailbox writes from. */
  readonly own: ReadonlySet<string>;
  /** The same of every mailbox of the console. */
  readonly ownAnywhere: ReadonlySet<string>;
  readonly match: SenderMatcher;
  /** What is done on the server with letters whose outcome is known. */
  readonly afterwards: Afterwards;
}

export interface KnownTickets extends ThreadedTickets {
  /** Message-IDs of answers of ours. */
  readonly ours: ReadonlySet<string>;
}

export function rulesOf(mailbox: Mailbox, all: readonly Mailbox[], match: SenderMatcher): SortingRules {
  return {
    mailboxId: mailbox.id,
    collectsTickets: mailbox.settings.collectsTickets,
    own: new Set(ownAddresses(mailbox)),
    ownAnywhere: new Set(all.flatMap(ownAddresses)),
    match,
    afterwards: mailbox.settings.afterwards,
  };
}

/** Comparable addresses that a mailbox writes from. */
export function ownAddresses({ settings }: Mailbox): string[] {
  const own = [settings.address, settings.sender.fromAddress].map(comparableAddress);
  return own.filter((address) => address !== null);
}

/**
 * What is to become of a letter. One that continues a ticket joins it whatever the sender entries say of new ones: who was answered may answer.
 */
export function planSorting(letter: UnsortedLetter, rules: SortingRules, known: KnownTickets): SortingOutcome {
  const fault = faultOf(letter);
  if (fault !== null) return fault;
  if (!rules.collectsTickets) return { kind: 'kept', why: 'not-collecting' };
  if (letter.from === null || letter.from.address === '') return quarantined('no-sender', '');
  const from = comparableAddress(letter.from.address);
  // A copy of an answer, or a note to oneself: as a ticket it would be answered to ourselves.
  if (from !== null && rules.own.has(from)) return { kind: 'kept', why: 'own-letter' };
  // An answer that arrives in another mailbox of the console. Its id alone would prove nothing: whoever was answered knows it.
  if (from !== null && rules.ownAnywhere.has(from) && known.ours.has(letter.messageIdHeader))
    return { kind: 'kept', why: 'own-letter' };
  // Before the thread: whoever writes in another's name may well know an id of the conversation.
  const suspicion = letter.senderAllowed ? '' : suspicionOf(letter, rules);
  if (suspicion !== '') return quarantined('suspected-sender', suspicion);
  const thread = threadLetter({ ...letter, fromAddress: letter.from.address }, known);
  if (thread !== null) return { kind: 'append', ...thread };
  const entry = rules.match(letter.from.address, rules.mailboxId);
  if (entry === null) return quarantined('no-sender-entry', '');
  if (!entry.settings.receiving) return { kind: 'kept', why: 'receiving-off' };
  return { kind: 'ticket', templateId: entry.settings.templateId, reason: 'sender-entry' };
}

function quarantined(why: QuarantineWhy, note: string): SortingOutcome {
  return { kind: 'quarantined', why, note };
}

/** A letter that could not be read, or was not loaded whole, in whatever mailbox: a person should know of it. */
function faultOf({ state, problem }: UnsortedLetter): SortingOutcome | null {
  if (state === 'too-large') return quarantined('too-large', '');
  return state === 'unreadable' ? quarantined('unreadable', problem?.code ?? '') : null;
}

/** What the receiving server found, or a name that shows one of our addresses over somebody else's. */
function suspicionOf({ from, suspicion }: UnsortedLetter, { ownAnywhere }: SortingRules): string {
  if (suspicion !== '' || from === null) return suspicion;
  const shown = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/.exec(from.name)?.[0];
  const claimed = shown === undefined ? null : comparableAddress(shown);
  const real = comparableAddress(from.address);
  if (claimed === null || claimed === real || !ownAnywhere.has(claimed)) return '';
  return `${claimed} <${real ?? ''}>`;
}
