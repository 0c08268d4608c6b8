import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createStore } from '../../src-main/store/keep-store-alive.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { FolderRole, ServerFolder } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { connectionOf, type SwitchTrial } from '../../src-shared/domain/mailbox-switch.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { createDeadlyStore, deathsAt } from '../support/deadly-store.ts';
import { type LedgerDesk, openLedgerDesk } from '../support/ledger-desk.ts';
import { openTestStore, temporaryFolder, testKey } from '../support/open-store.ts';

const at = 1_000_000;
const keepUntil = at + 1_000;

function serverFolder(path: string, role: FolderRole | null = null, separator = '.'): ServerFolder {
  return { path, name: path, separator, role, selectable: true, identity: null };
}

const settingsOf = async (store: Store, mailboxId: MailboxId) => {
  const found = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
  if (!found) throw new Error('no mailbox');
  return found.settings;
};

/** Another server, tried already. */
async function prepare(
  store: Store,
  { mailboxId }: LedgerDesk,
  matches: SwitchTrial['matches'],
  host = 'other.example',
) {
  const vaultId = crypto.randomUUID() as MailboxId;
  const settings = await settingsOf(store, mailboxId);
  const connection = connectionOf({ ...settings, incoming: settings.incoming && { ...settings.incoming, host } });
  await store.call('switches.prepare', { mailboxId, vaultId, connection, at });
  await store.call('switches.tried', { mailboxId, vaultId, trial: { at, folders: [], matches } });
  return { mailboxId, vaultId, at, keepUntil, owner: 'me' };
}

const places = async (store: Store, mailboxId: MailboxId) =>
  (await store.call('folders.list', { mailboxId })).map(({ id, path, selected }) => [id, path, selected]);

test('letters of another server that numbers its folders alike are not taken for those loaded', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const desk = await openLedgerDesk(store);
  const { inbox } = desk;
  await desk.see([1, 2]);
  await desk.keep({ 1: 'one', 2: 'two' });
  const exchange = await prepare(store, desk, [{ folderId: inbox, folder: serverFolder('INBOX') }]);
  await store.call('switches.apply', exchange);
  // There 1 is a letter that is new, and 2 is what was 1 here.
  expect((await desk.see([1, 2, 3])).wanted).toEqual([3, 2, 1]);
  await desk.keep({ 1: 'new', 2: 'one', 3: 'two' });
  expect(await desk.balance()).toMatchObject({ onServer: 3, inLedger: 3, unexplained: [], counts: { stored: 3 } });
  const count = async () =>
    (await store.call('letters.count', { scope: { mailboxId: desk.mailboxId, folderId: null, unreadOnly: false } }))
      .total;
  expect(await count()).toBe(3);

  await store.call('switches.back', { ...exchange, at: at + 1 });
  expect((await desk.see([1, 2])).wanted).toEqual([2, 1]);
  await desk.keep({ 1: 'one', 2: 'two' });
  expect(await desk.balance()).toMatchObject({ onServer: 2, inLedger: 2, counts: { stored: 2 } });
  expect(await count()).toBe(3);
});

test('folders go by the names of the connection in force, and so does what is to be moved; back, all is as it was', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const desk = await openLedgerDesk(store);
  const { mailboxId, inbox, archive } = desk;
  const before = await settingsOf(store, mailboxId);
  const [mailbox] = await store.call('mailboxes.list', undefined);
  if (!mailbox) throw new Error('no mailbox');
  const afterwards = { kind: 'move', done: 'Archive', failed: null, create: false } as const;
  await store.call('mailboxes.put', { mailbox: { ...mailbox, settings: { ...before, afterwards } } });
  const exchange = await prepare(store, desk, [{ folderId: archive, folder: serverFolder('INBOX.Archive') }]);
  await store.call('dates.note', { mailboxId, fact: 'password-set', at: 7 });
  await store.call('switches.apply', exchange);
  await store.call('dates.note', { mailboxId, fact: 'password-set', at: 9 });
  expect(await places(store, mailboxId)).toEqual([
    [inbox, 'INBOX', false],
    [archive, 'INBOX.Archive', true],
  ]);
  expect((await settingsOf(store, mailboxId)).afterwards).toMatchObject({ done: 'INBOX.Archive' });
  // Meanwhile somebody makes a folder there that is called as another one was here.
  const made = { ...serverFolder('Archive'), selected: true };
  await store.call('folders.put', {
    mailboxId,
    folders: [{ ...serverFolder('INBOX.Archive'), selected: null }, made],
  });
  await store.call('switches.back', { ...exchange, at: at + 1 });
  expect((await places(store, mailboxId)).slice(0, 2)).toEqual([
    [inbox, 'INBOX', true],
    [archive, 'Archive', true],
  ]);
  expect(await settingsOf(store, mailboxId)).toEqual({ ...before, afterwards });
  expect(await store.call('dates.facts', undefined)).toEqual([{ mailboxId, fact: 'password-set', at: 7 }]);
});

test('nothing is said of a password’s age where nothing is known of it, on either way', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const desk = await openLedgerDesk(store);
  const { mailboxId } = desk;
  const facts = async () => (await store.call('dates.facts', undefined)).map((row) => row.at);
  const copied = await prepare(store, desk, []);
  // Typed after the copy was made: the copy is older, nobody knows how much.
  await store.call('dates.note', { mailboxId, fact: 'password-set', at: 9 });
  await store.call('switches.apply', copied);
  expect(await facts()).toEqual([]);
  await store.call('switches.back', { ...copied, at: at + 1 });
  expect(await facts()).toEqual([9]);
  await store.call('switches.apply', copied);
  expect(await facts()).toEqual([]);
});

test('what another console works on is not switched under its hands', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const desk = await openLedgerDesk(store);
  const exchange = await prepare(store, desk, []);
  await store.call('leases.take', { mailboxId: desk.mailboxId, owner: 'other', now: at, until: at + 45_000 });
  expect((await failureOf(store.call('switches.apply', exchange))).code).toBe('mailbox.leased');
  expect((await settingsOf(store, desk.mailboxId)).incoming?.host).toBe('mail.example');
  await store.call('switches.apply', { ...exchange, at: at + 46_000 });
  expect((await settingsOf(store, desk.mailboxId)).incoming?.host).toBe('other.example');
});

test.each(deathsAt)('a store that dies over a switch, %s, leaves the old or the new one whole', async (when) => {
  using folder = temporaryFolder();
  const deadly = createDeadlyStore();
  const open = { path: join(folder.path, 'mail.db'), key: testKey, mustExist: false };
  const { store } = await createStore({ launch: deadly.launch, open, log: silentLogs('test') });
  try {
    const desk = await openLedgerDesk(store);
    const { mailboxId, inbox, archive } = desk;
    await desk.see([1, 2]);
    await desk.keep({ 1: 'one', 2: 'two' });
    const exchange = await prepare(store, desk, [
      { folderId: inbox, folder: serverFolder('INBOX') },
      { folderId: archive, folder: serverFolder('INBOX.Archive') },
    ]);
    deadly.dieAt(0, when);
    await store.call('switches.apply', exchange).catch((error: unknown) => {
      if (!isAppError(error, 'store.unavailable')) throw error;
    });
    const { incoming } = await settingsOf(store, mailboxId);
    const switched = incoming?.host === 'other.example';
    const kept = await store.call('switches.list', undefined);
    const owners = await store.call('vaults.owners', undefined);
    const [cursor] = await store.call('folders.cursors', { mailboxId });
    expect({
      kept: kept.map(({ state, vaultId }) => [state, vaultId]),
      owners,
      archive: (await places(store, mailboxId)).find(([id]) => id === archive)?.[1],
      numbering: cursor?.uidValidity,
    }).toEqual(
      switched
        ? {
            kept: [['former', mailboxId]],
            owners: [{ mailboxId, vaultId: exchange.vaultId }],
            archive: 'INBOX.Archive',
            numbering: null,
          }
        : { kept: [['prepared', exchange.vaultId]], owners: [], archive: 'Archive', numbering: 1 },
    );
    if (when !== 'working') expect(switched).toBe(when === 'unanswered');
  } finally {
    await store.close();
  }
});

test('secrets whose place was written down before anybody took them are left over, and those taken are not', async () => {
  await using opened = await openTestStore();
  const { store } = opened;
  const desk = await openLedgerDesk(store);
  const orphan = crypto.randomUUID() as MailboxId;
  await store.call('vaults.open', { vaultId: orphan });
  const { vaultId } = await prepare(store, desk, []);
  expect(await store.call('vaults.leftovers', undefined)).toEqual([orphan]);
  await prepare(store, desk, []);
  expect((await store.call('vaults.leftovers', undefined)).sort()).toEqual([orphan, vaultId].sort());
  await store.call('vaults.swept', { vaultId: orphan });
  expect(await store.call('vaults.leftovers', undefined)).toEqual([vaultId]);
});
