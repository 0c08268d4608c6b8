import { type LogEntry, type LogFilter, type LogPage, meetsFilter } from '../../src-shared/domain/connection-log.ts';
import type { DatedThing } from '../../src-shared/domain/dated-thing.ts';
import { salesId, supportId } from './canned-mailboxes.ts';

const day = 86_400_000;

/** As for an Exchange Online mailbox in the autumn of 2026. */
export const cannedDates: readonly DatedThing[] = [
  { kind: 'exchange-blocked', daysLeft: -55, mailboxId: salesId, mailboxName: 'sales@northwind.example' },
  { kind: 'incoming-certificate', daysLeft: 6, mailboxId: supportId, mailboxName: 'support@northwind.example' },
  { kind: 'client-secret', daysLeft: 29, mailboxId: salesId, mailboxName: 'sales@northwind.example' },
  { kind: 'password', daysLeft: 75, mailboxId: supportId, mailboxName: 'support@northwind.example' },
].map((thing) => ({ ...thing, endsAt: Date.now() + thing.daysLeft * day - 3_600_000 }) as DatedThing);

function entry(id: number, facts: Partial<LogEntry>): LogEntry {
  const nothing = { folder: null, uid: null, messageId: null, count: null, bytes: null, milliseconds: null };
  return {
    ...nothing,
    ...{ id, at: Date.now() - (10 - id) * 40_000, mailboxId: supportId, event: 'opened', problem: null },
    ...{ protocol: 'imap', host: 'imap.northwind.example', port: 993 },
    ...facts,
  };
}

export const cannedEntries: readonly LogEntry[] = [
  entry(6, {
    event: 'letter-fetched',
    ...{ folder: 'INBOX', uid: 4713, messageId: null },
    problem: { code: 'network.timeout', params: { host: 'imap.northwind.example', port: 993 } },
  }),
  entry(5, { event: 'letter-fetched', folder: 'INBOX', uid: 4712, messageId: '<b2@customer.example>', bytes: 12_480 }),
  entry(4, {
    event: 'letter-fetched',
    ...{
      folder: 'Projects/Boiler house',
      uid: 17,
      messageId: '<CAF-9931-very-long-name.of.a.letter@mail.customer.example>',
    },
    bytes: 4_180_233,
  }),
  entry(3, { event: 'letters-listed', folder: 'INBOX', count: 3660, milliseconds: 84 }),
  entry(2, {
    event: 'opened',
    problem: {
      code: 'auth.rejected',
      params: {
        host: 'imap.northwind.example',
        port: 993,
        serverWords: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
      },
    },
    milliseconds: 2140,
  }),
  entry(1, { milliseconds: 412 }),
];

export function cannedLog(filter: LogFilter, before: number | null): LogPage {
  const entries = cannedEntries.filter(
    (one) => one.mailboxId === filter.mailboxId && (before === null || one.id < before) && meetsFilter(one, filter),
  );
  return { entries, more: false };
}
