import type { MailboxId, TicketId } from '../../src-shared/domain/ids.ts';
import { planEffect } from '../../src-shared/domain/plan-effect.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { SortingOutcome, UnsortedLetter } from '../store/api/tickets.ts';
import type { Store } from '../store/store.ts';
import { createSenderMatcher } from './match-sender.ts';
import { planSorting, rulesOf, type SortingRules } from './plan-sorting.ts';
import { markedNumbers } from './subject-mark.ts';

/** One question and, as a rule, one transaction for so many letters: a first load has tens of thousands. */
const BATCH = 200;

export interface Sorted {
  readonly created: number;
  readonly appended: number;
  readonly quarantined: number;
}

interface Decision {
  readonly letter: UnsortedLetter;
  readonly outcome: SortingOutcome;
}

/**
 * Goes through the letters that no rule has looked at, oldest first, and ends when none is left. While tickets from mail are switched off (R173)
 * it leaves them as they are: they become tickets when it is switched on again, so that no customer's letter is lost in between.
 */
export async function sortLetters(
  store: Store,
  mailboxId: MailboxId,
  onTickets: (ids: ReadonlySet<TicketId>) => void,
  signal: AbortSignal,
): Promise<Sorted> {
  const total = { created: 0, appended: 0, quarantined: 0 };
  for (;;) {
    if (signal.aborted) throw new AppError('cancelled');
    const rules = await readRules(store, mailboxId);
    if (rules === null) return total;
    const letters = await store.call('sorting.next', { mailboxId: rules.mailboxId, limit: BATCH });
    const batch = await sortBatch(store, rules, letters);
    total.created += batch.created;
    total.appended += batch.appended;
    total.quarantined += batch.quarantined;
    if (batch.tickets.size > 0) onTickets(batch.tickets);
    // Nothing settled: the rules or tickets changed under us and the next pass sees them.
    if (letters.length < BATCH || batch.settled === 0) return total;
  }
}

/** Null: nothing is to be sorted now. */
async function readRules(store: Store, mailboxId: MailboxId): Promise<(SortingRules & { demo: boolean }) | null> {
  const [settings, mailboxes, entries] = await Promise.all([
    store.call('settings.get', undefined),
    store.call('mailboxes.list', undefined),
    store.call('senders.list', undefined),
  ]);
  const mailbox = mailboxes.find(({ id }) => id === mailboxId);
  if (!mailbox || !settings.ticketsFromMail) return null;
  return { ...rulesOf(mailbox, mailboxes, createSenderMatcher(entries)), demo: mailbox.demo };
}

async function sortBatch(store: Store, rules: SortingRules & { demo: boolean }, letters: readonly UnsortedLetter[]) {
  const done = { created: 0, appended: 0, quarantined: 0, settled: 0, tickets: new Set<TicketId>() };
  const { byHeader, ours } = await readHeaders(store, rules, letters);
  let decided: Decision[] = [];
  /** Message-IDs of letters decided on but not settled: who answers one of them must wait for its ticket. */
  let awaited = new Set<string>();
  const settle = async () => {
    if (decided.length === 0) return;
    const decisions = decided.map(({ letter, outcome }) => ({
      messageId: letter.messageId,
      outcome,
      effect: planEffect(rules.afterwards, outcome),
    }));
    const answers = await store.call('sorting.settleMany', { decisions, demo: rules.demo });
    const byLetter = new Map(answers.map((answer) => [answer.messageId, answer]));
    for (const { letter, outcome } of decided) {
      const answer = byLetter.get(letter.messageId);
      if (!answer) continue;
      done.settled += 1;
      if (outcome.kind === 'quarantined' && !answer.already) done.quarantined += 1;
      if (answer.ticketId === null) continue;
      if (letter.messageIdHeader !== '') byHeader.set(letter.messageIdHeader, answer.ticketId);
      done.tickets.add(answer.ticketId);
      if (!answer.already) done[outcome.kind === 'ticket' ? 'created' : 'appended'] += 1;
    }
    decided = [];
    awaited = new Set();
  };
  for (const letter of letters) {
    if ([...letter.inReplyTo, ...letter.references].some((header) => awaited.has(header))) await settle();
    const correspondents = await readCorrespondents(store, rules, letter);
    const outcome = planSorting(letter, rules, { byHeader, ours, correspondents });
    decided.push({ letter, outcome });
    const makesTicket = outcome.kind === 'ticket' || outcome.kind === 'append';
    if (makesTicket && letter.messageIdHeader !== '') awaited.add(letter.messageIdHeader);
  }
  await settle();
  return done;
}

async function readHeaders(store: Store, rules: SortingRules, letters: readonly UnsortedLetter[]) {
  const byHeader = new Map<string, TicketId>();
  const ours = new Set<string>();
  if (!rules.collectsTickets) return { byHeader, ours };
  const named = letters.flatMap(({ inReplyTo, references, messageIdHeader }) => [
    ...inReplyTo,
    ...references,
    messageIdHeader,
  ]);
  const headers = [...new Set(named.filter((header) => header !== ''))];
  // The newest ticket comes first where several bear one id.
  for (const known of await store.call('sorting.ticketsByHeader', { headers })) {
    if (!byHeader.has(known.header)) byHeader.set(known.header, known.ticketId);
    if (known.ours) ours.add(known.header);
  }
  return { byHeader, ours };
}

async function readCorrespondents(
  store: Store,
  rules: SortingRules,
  { subject }: UnsortedLetter,
): Promise<Map<number, readonly string[]>> {
  const numbers = rules.collectsTickets ? markedNumbers(subject) : [];
  if (numbers.length === 0) return new Map();
  const tickets = await store.call('sorting.ticketsByNumber', { numbers });
  return new Map(tickets.map(({ ticketId, correspondents }) => [ticketId as number, correspondents]));
}
