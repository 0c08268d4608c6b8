import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { comparableAddress, parseSenderPattern, type SenderPattern } from '../../src-shared/domain/sender-pattern.ts';
import type { SenderEntry } from '../../src-shared/domain/ticket.ts';

/** Sender entries made ready for many letters. */
export type SenderMatcher = (address: string, mailboxId: MailboxId) => SenderEntry | null;

const specificity: Readonly<Record<SenderPattern['kind'], number>> = { exact: 2, domain: 1, any: 0 };

/**
 * The entry that speaks for a sender: `user@x` before `*@domain` before `*@*`; among equals, the one of this mailbox before the general one.
 * That entry alone decides: receiving switched off on it is not undone by a wider one.
 */
export function createSenderMatcher(entries: readonly SenderEntry[]): SenderMatcher {
  const ranked = entries
    .map((entry) => ({ entry, pattern: parseSenderPattern(entry.settings.pattern) }))
    .toSorted((a, b) => rank(b.entry, b.pattern) - rank(a.entry, a.pattern));
  return (address, mailboxId) => {
    const comparable = comparableAddress(address);
    const found = ranked.find(
      ({ entry, pattern }) =>
        (entry.settings.mailboxId === null || entry.settings.mailboxId === mailboxId) && matches(pattern, comparable),
    );
    return found?.entry ?? null;
  };
}

/** What the store looks for among the letters it has: SQL LIKE over addresses in lower case, escaped with \. */
export function toAddressLike(pattern: SenderPattern): string {
  if (pattern.kind === 'any') return '%';
  const literal = pattern.kind === 'exact' ? pattern.address : `@${pattern.domain}`;
  const escaped = literal.replace(/[\\%_]/g, (sign) => `\\${sign}`);
  return pattern.kind === 'exact' ? escaped : `%${escaped}`;
}

function rank({ settings }: SenderEntry, pattern: SenderPattern): number {
  return 2 * specificity[pattern.kind] + (settings.mailboxId === null ? 0 : 1);
}

function matches(pattern: SenderPattern, comparable: string | null): boolean {
  if (pattern.kind === 'any') return true;
  if (comparable === null) return false;
  if (pattern.kind === 'exact') return comparable === pattern.address;
  return comparable.slice(comparable.lastIndexOf('@') + 1) === pattern.domain;
}
