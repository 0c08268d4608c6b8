import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runMigrations } from '../../src-main/store/migrations/run-migrations.ts';
import { type OpenDatabase, openInMemoryDatabase, type WritableDb } from '../../src-main/store/process/connection.ts';
import { listDue, listEffects } from '../../src-main/store/queries/effect-list.ts';
import { beginEffects, endEffects, planEffects } from '../../src-main/store/queries/effect-store.ts';
import { listFolders } from '../../src-main/store/queries/folder-store.ts';
import { noteFailed, releaseRefused } from '../../src-main/store/queries/ledger-attempts.ts';
import { compareFolder, countRows, listBalances, readStoredUids } from '../../src-main/store/queries/ledger-balance.ts';
import { entryOf, listEntries, readStory } from '../../src-main/store/queries/ledger-list.ts';
import { seeFolder } from '../../src-main/store/queries/ledger-see.ts';
import { countLetters, listLetters } from '../../src-main/store/queries/letter-list.ts';
import { setUnread } from '../../src-main/store/queries/letter-places.ts';
import { storeLetters } from '../../src-main/store/queries/letter-store.ts';
import { countQuarantine, listQuarantine, releaseQuarantine } from '../../src-main/store/queries/quarantine-store.ts';
import { nextUnsorted } from '../../src-main/store/queries/sorting-read.ts';
import { settleLetter } from '../../src-main/store/queries/sorting-settle.ts';
import type { EffectId, FolderId, LedgerEntryId, MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import type { LedgerFilter } from '../../src-shared/domain/ledger.ts';
import { plansOf as plansIn, type Step } from '../support/query-plans.ts';

let db: OpenDatabase;
beforeAll(() => {
  db = openInMemoryDatabase();
  runMigrations(db);
  db.exec(`
    INSERT INTO mailbox (id, name, name_key, address, enabled, demo, collects_tickets, created_at, settings)
      VALUES ('m1', 'Support', 'support', 's@x.example', 1, 0, 1, 5, '{}'), ('m2', 'Sales', 'sales', 't@x.example', 1, 0, 1, 5, '{}');
    INSERT INTO folder (id, mailbox_id, path, name, separator, selected) VALUES (3, 'm1', 'INBOX', 'INBOX', '/', 1), (4, 'm2', 'INBOX', 'INBOX', '/', 1);
  `);
});
afterAll(() => db.close());

const mailboxId = 'm1' as MailboxId;
const folderId = 3 as FolderId;

/** The large tables: a walk over one of them costs a second of a million letters. */
const large = ['ledger', 'l', 'k', 'message', 'm', 'effect', 'e', 'place', 'message_header', 'raw', 'message_detail'];

const plansOf = (work: (db: WritableDb) => void) => plansIn(db, work);

/** Steps that grow with a table: a walk over a large one, or sorting what comes from one. Sorting a page, or the few rows of one letter, is none. */
function faultsOf(work: (db: WritableDb) => void): string[] {
  return plansOf(work).flatMap(({ sql, steps }) => {
    const fromLarge = (detail: string) => large.includes(/^(?:SCAN|SEARCH) (\w+)/.exec(detail)?.[1] ?? '');
    const isFault = ({ detail, parent }: Step) => {
      if (detail.startsWith('SCAN')) return fromLarge(detail);
      if (!detail.startsWith('USE TEMP B-TREE')) return false;
      const source = steps.find((step) => step.parent === parent && /^(SCAN|SEARCH)/.test(step.detail))?.detail ?? '';
      return fromLarge(source) && !source.includes('INDEX ledger_by_message');
    };
    return steps.filter(isFault).map(({ detail }) => `${detail} in ${sql}`);
  });
}

const anything: LedgerFilter = { mailboxId: null, folderId: null, statuses: [], query: '' };
const page = { before: 900 as LedgerEntryId, limit: 100 };

test.each<[string, Partial<LedgerFilter>]>([
  ['of everything', {}],
  ['of a mailbox', { mailboxId }],
  ['of a folder', { folderId }],
  ['of a status anywhere', { statuses: ['waiting'] }],
  ['of statuses of a mailbox', { mailboxId, statuses: ['stored', 'parsed', 'quarantined'] }],
])('the ledger %s is read from the ends of an index', (_name, filter) => {
  expect(faultsOf((it) => listEntries(it, { filter: { ...anything, ...filter }, ...page }))).toEqual([]);
  expect(faultsOf((it) => listEntries(it, { filter: { ...anything, ...filter }, before: null, limit: 9 }))).toEqual([]);
});

test('words lead from the few letters that were found to their rows', () => {
  const filter = { ...anything, mailboxId, query: 'printer <a@x.example>' };
  const plans = plansOf((it) => listEntries(it, { filter, ...page }));
  const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail));
  expect(details).toContainEqual(expect.stringMatching(/^SEARCH l USING INDEX ledger_by_message/));
  expect(details.filter((detail) => /^SCAN (l|ledger|m|message)\b/.test(detail))).toEqual([]);
});

test('a removed mailbox does not make the list of the others a walk', () => {
  db.run(`UPDATE mailbox SET removed = 1 WHERE id = 'm2'`);
  expect(faultsOf((it) => listEntries(it, { filter: anything, ...page }))).toEqual([]);
  db.run(`UPDATE mailbox SET removed = 0 WHERE id = 'm2'`);
});

describe('what is asked of one letter, one folder or one mailbox', () => {
  const uids = Uint32Array.of(1, 2);
  const nothing = new Uint32Array();
  const sighting = {
    ...{ folderId, uidValidity: 1, at: 5, listed: uids, above: 0, leave: { beforePeriod: nothing, read: nothing } },
    ...{ judge: 'all' as const, judgedBy: 'everything', loadSince: null, periodUid: 0 },
  };
  const problem = { code: 'network.dropped' as const, params: {} };
  const letter = {
    uid: 2,
    receivedAt: 5000,
    seen: false,
    size: 3,
    contentHash: Buffer.from('x'),
    packed: Buffer.from('y'),
  };

  test.each<[string, (db: WritableDb) => void]>([
    ['a listing', (it) => seeFolder(it, sighting)],
    ['a listing after a renumbering', (it) => seeFolder(it, { ...sighting, uidValidity: 2 })],
    ['news', (it) => seeFolder(it, { ...sighting, above: 2, listed: Uint32Array.of(3) })],
    ['storing', (it) => storeLetters(it, folderId, 1, [letter, { ...letter, uid: 3 }])],
    ['attempts', (it) => noteFailed(it, { folderId, uidValidity: 1, uids, alone: true, problem, at: 5 })],
    ['refused rows', (it) => releaseRefused(it, mailboxId, null)],
    ['balances', (it) => listBalances(it, mailboxId)],
    ['a fresh listing beside the rows', (it) => compareFolder(it, folderId, { uidValidity: 1, listed: uids, at: 5 })],
    ['stored numbers', (it) => readStoredUids(it, folderId, 1)],
    ['marks', (it) => setUnread(it, folderId, 1, uids)],
    ['folders', (it) => listFolders(it, mailboxId)],
    ['a desk', (it) => listQuarantine(it, { ...desk, mailboxId })],
    ['every desk', (it) => listQuarantine(it, desk)],
    ['what was taken off', (it) => listQuarantine(it, { ...desk, dismissed: true, since: 5, why: 'unreadable' })],
    ['counts of the desk', (it) => countQuarantine(it, { mailboxId: null, since: 5 })],
    ['one letter off the desk', (it) => releaseQuarantine(it, [5 as MessageId], null)],
    ['letters to sort', (it) => nextUnsorted(it, mailboxId, 200)],
    ['due changes', (it) => listDue(it, mailboxId, 5, 1000)],
    ['changes by state', (it) => listEffects(it, { mailboxId: null, states: ['failed', 'due'], limit: 100 })],
    ['planning', (it) => planEffects(it, 5 as MessageId, { kind: 'mark-read', target: null, delay: 0 })],
    ['beginning', (it) => beginEffects(it, [1 as EffectId, 2 as EffectId])],
    ['ending', (it) => endEffects(it, [{ effectId: 1 as EffectId, state: 'done', problem: null, notBefore: null }], 5)],
    ['letters of a folder', (it) => listLetters(it, scope, null, 100)],
    ['unread letters of a folder', (it) => listLetters(it, { ...scope, unreadOnly: true }, 5 as MessageId, 100)],
    ['unread letters of a mailbox', (it) => listLetters(it, unreadOf, null, 100)],
    ['letters of a mailbox', (it) => listLetters(it, { ...unreadOf, unreadOnly: false }, 5 as MessageId, 100)],
    ['letters of everything', (it) => listLetters(it, everything, 5 as MessageId, 100)],
    ['unread letters in all', (it) => countLetters(it, { ...unreadOf, mailboxId: null })],
  ])('%s: no walk over a table, no sorting of one', (_name, work) => {
    expect(faultsOf(work)).toEqual([]);
  });

  test('an outcome, its letter and its story are reached by their keys', () => {
    const messageId = db.get<{ id: MessageId }>('SELECT id FROM message')?.id as MessageId;
    const settle = { messageId, outcome: { kind: 'kept', why: 'own-letter' }, effect: null } as const;
    expect(faultsOf((it) => settleLetter(it, settle, false))).toEqual([]);
    expect(faultsOf((it) => readStory(it, entryOf(it, messageId).id))).toEqual([]);
  });

  const desk = { mailboxId: null, why: null, dismissed: false, before: null, limit: 100, since: null };
  const scope = { mailboxId: null, folderId, unreadOnly: false };
  const everything = { mailboxId: null, folderId: null, unreadOnly: false };
  const unreadOf = { mailboxId, folderId: null, unreadOnly: true };
});

test('a balance is counted without the table', () => {
  const [plan] = plansOf((it) => countRows(it, folderId, 1));
  expect(plan?.steps.map(({ detail }) => detail)).toEqual([
    'SEARCH ledger USING COVERING INDEX ledger_by_status (folder_id=?)',
  ]);
});

test('a walk and a sorted table are noticed', () => {
  expect(faultsOf((it) => it.all('SELECT * FROM ledger WHERE attempts = 7'))).toHaveLength(1);
  expect(faultsOf((it) => it.all('SELECT * FROM ledger WHERE folder_id = 3 ORDER BY seen_at LIMIT 5'))).toHaveLength(1);
});
