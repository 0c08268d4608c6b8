import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { MailboxSwitch } from '../../src-shared/domain/mailbox-switch.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { letter, soon, subjectsOf, type TestConsole } from '../sync/open-console.ts';

export function put(dovecot: Dovecot, user: string, subjects: readonly string[], folder = 'INBOX'): void {
  const letters = subjects.map((subject) => ({ raw: letter(subject) }));
  fillMaildir(dovecot, user, folder, letters);
}

/** Of the saved mailbox, with what is to be another. */
export function draftOf({ id, settings }: Mailbox, changed: Partial<MailboxSettings>): MailboxDraft {
  return { settings: { ...settings, ...changed }, password: null, outgoingPassword: null, mailboxId: id };
}

/** Prepared, tried, put in its place; gives what was tried. */
export async function switchTo(
  { accounts: { switches } }: TestConsole,
  mailbox: Mailbox,
  draft: MailboxDraft,
): Promise<MailboxSwitch> {
  await switches.prepare(draft);
  const tried = await switches.try(mailbox.id, soon());
  await switches.apply(mailbox.id, false);
  return tried;
}

/** On the server, in the ledger, unexplained, letters here and how many of them are one: all of them. */
export async function balanceOf(console: TestConsole, mailbox: Mailbox) {
  const balances = await console.store.call('ledger.balances', { mailboxId: mailbox.id });
  const subjects = await subjectsOf(console, mailbox);
  const sum = (of: (balance: (typeof balances)[number]) => number) => balances.reduce((all, one) => all + of(one), 0);
  return {
    onServer: sum(({ onServer }) => onServer),
    inLedger: sum(({ inLedger }) => inLedger),
    stored: sum(({ counts }) => counts.stored),
    unexplained: sum(({ unexplained }) => unexplained.length),
    letters: subjects.length,
    different: new Set(subjects).size,
  };
}

export const even = (n: number) => ({
  onServer: n,
  inLedger: n,
  stored: n,
  unexplained: 0,
  letters: n,
  different: n,
});
