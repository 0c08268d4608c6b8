import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, type TestStore } from '../support/open-store.ts';
import { readMailbox } from '../support/ticket-desk.ts';

let it: TestStore;
beforeAll(async () => {
  it = await openTestStore();
});
afterAll(() => it[Symbol.asyncDispose]());

const inbox = {
  path: 'INBOX',
  name: 'INBOX',
  separator: '/',
  role: 'inbox',
  selectable: true,
  identity: null,
  selected: true,
} as const;
const other = { ...inbox, path: 'Заявки/2026', name: '2026', role: null, selected: null } as const;

test('a mailbox comes back as it was put, and a name is taken whatever its case', async () => {
  const { mailboxId } = await addMailbox(it.store, 'help@company.example');
  const mailbox = await readMailbox(it.store, mailboxId);
  const settings = { ...mailbox.settings, name: 'Поддержка', description: 'Всё' };
  await it.store.call('mailboxes.put', { mailbox: { ...mailbox, enabled: false, settings } });
  expect(await readMailbox(it.store, mailboxId)).toEqual({ ...mailbox, enabled: false, settings });
  const second = await addMailbox(it.store, 'second@company.example');
  const taken = await readMailbox(it.store, second.mailboxId);
  const put = it.store.call('mailboxes.put', {
    mailbox: { ...taken, settings: { ...taken.settings, name: 'ПОДДЕРЖКА' } },
  });
  await expect(put).rejects.toMatchObject({ code: 'mailbox.name-taken', params: { name: 'ПОДДЕРЖКА' } });
});

test('a listing keeps ticks, drops what is empty and unwanted, and leaves out levels without letters', async () => {
  const { mailboxId } = await addMailbox(it.store, 'folders@company.example', []);
  const put = (folders: object[]) => it.store.call('folders.put', { mailboxId, folders: folders as never });
  const noselect = { ...other, path: 'Level', selectable: false };
  expect((await put([other, noselect, inbox])).map(({ path, selected }) => ({ path, selected }))).toEqual([
    { path: 'INBOX', selected: true },
    { path: 'Заявки/2026', selected: false },
  ]);
  // The inbox is ticked and stays though the server no longer lists it; the other was neither ticked nor filled.
  expect((await put([{ ...inbox, path: 'New', selected: null }])).map(({ path }) => path)).toEqual(['INBOX', 'New']);
  const again = await put([{ ...inbox, selected: null }]);
  expect(again.find(({ path }) => path === 'INBOX')?.selected).toBe(true);
});

test('whose a folder is, and what stands before it, is kept as it was listed last', async () => {
  const { mailboxId } = await addMailbox(it.store, 'namespaces@company.example', []);
  const put = (folder: object) => it.store.call('folders.put', { mailboxId, folders: [folder] as never });
  expect(await put({ ...inbox, namespace: 'shared', prefix: 'Public.' })).toMatchObject([
    { namespace: 'shared', prefix: 'Public.' },
  ]);
  const [own] = await put(inbox);
  expect(Object.keys(own ?? {})).not.toContain('namespace');
});

test('ticks are set as a whole, and only ticked folders have cursors', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'ticks@company.example');
  const [first, second] = folders;
  if (first === undefined || second === undefined) throw new Error('no folders');
  await it.store.call('folders.select', { mailboxId, selected: [second] });
  const [cursor, ...others] = await it.store.call('folders.cursors', { mailboxId });
  expect(others).toEqual([]);
  expect(cursor).toEqual({
    folderId: second,
    path: 'Archive',
    role: null,
    uidValidity: null,
    judgedBy: null,
    loadSince: null,
    periodUid: 0,
    lastUid: 0,
    settled: null,
  });
});

test('a cursor moves with what was seen, up to the highest numbers there are, and never back', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'cursor@company.example', ['INBOX']);
  const highest = 4294967295;
  const sighting = { folderId: folders[0] as FolderId, uidValidity: highest, at: 7, above: 0, judge: 'all' } as const;
  const judged = { judgedBy: 'position/week', loadSince: 5, periodUid: highest - 1 };
  const leave = { beforePeriod: new Uint32Array(), read: new Uint32Array() };
  const see = (listed: number[]) =>
    it.store.call('ledger.see', { ...sighting, ...judged, leave, listed: Uint32Array.from(listed) });
  await see([3, highest - 1]);
  await see([3]);
  expect(await it.store.call('folders.cursors', { mailboxId })).toMatchObject([
    { ...judged, uidValidity: highest, lastUid: highest - 1 },
  ]);
});

test('a folder stays settled as the server described it, until it is seen again or to be looked at again', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'settled@company.example', ['INBOX']);
  const folderId = folders[0] as FolderId;
  const state = {
    uidValidity: 1,
    uidNext: 9,
    exists: 2,
    unseen: 1,
    highestModseq: '18446744073709551615',
    heldBack: 1,
  };
  const settled = async () => (await it.store.call('folders.cursors', { mailboxId }))[0]?.settled;
  await it.store.call('folders.settle', { folderId, state });
  expect(await settled()).toEqual(state);
  await it.store.call('folders.settle', { folderId, state: null });
  expect(await settled()).toBeNull();
  await it.store.call('folders.settle', { folderId, state });
  const nothing = new Uint32Array();
  await it.store.call('ledger.see', {
    folderId,
    uidValidity: 1,
    at: 7,
    listed: nothing,
    above: 0,
    leave: { beforePeriod: nothing, read: nothing },
    judge: 'new',
    judgedBy: 'everything',
    loadSince: null,
    periodUid: 0,
  });
  expect(await settled()).toBeNull();
});

test('a renamed folder keeps its id, its tick and its letters', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'renamed@company.example', ['Old']);
  const folderId = folders[0] as FolderId;
  const letters = [{ uid: 1, receivedAt: 1000, seen: true, raw: composeRaw({ text: 'stays' }) }];
  await it.store.call('letters.store', { folderId, uidValidity: 4, letters });
  const folder = { ...other, path: 'Новое', name: 'Новое', identity: 'f1' };
  await it.store.call('folders.rename', { folderId, folder });
  expect(await it.store.call('folders.known', { mailboxId })).toEqual([
    { folderId, path: 'Новое', identity: 'f1', uidValidity: null },
  ]);
  expect(await it.store.call('folders.list', { mailboxId })).toMatchObject([
    { id: folderId, path: 'Новое', selected: true, total: 1 },
  ]);
});

test('folders count their letters, read and unread', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'counts@company.example');
  const letters = [1, 2, 3].map((uid) => ({
    uid,
    receivedAt: uid * 1000,
    seen: uid === 1,
    raw: composeRaw({ text: `${uid}` }),
  }));
  await it.store.call('letters.store', { folderId: folders[0] as never, uidValidity: 1, letters });
  const [counted] = await it.store.call('folders.list', { mailboxId });
  expect(counted).toMatchObject({ path: 'INBOX', total: 3, unread: 2 });
});

test('removed with its letters kept, a mailbox leaves the list and its letters stay; its name is free', async () => {
  const { mailboxId, folders } = await addMailbox(it.store, 'gone@company.example');
  const letters = [{ uid: 1, receivedAt: 1000, seen: true, raw: composeRaw({ text: 'kept' }) }];
  await it.store.call('letters.store', { folderId: folders[0] as never, uidValidity: 1, letters });
  await it.store.call('mailboxes.remove', { mailboxId, keepLetters: true });
  expect((await it.store.call('mailboxes.list', undefined)).map(({ id }) => id)).not.toContain(mailboxId);
  expect((await it.store.call('folders.listAll', undefined)).map((folder) => folder.mailboxId)).toContain(mailboxId);
  const scope = { mailboxId, folderId: null, unreadOnly: false };
  expect(await it.store.call('letters.count', { scope })).toEqual({ total: 1 });
  await addMailbox(it.store, 'gone@company.example');
  await it.store.call('mailboxes.remove', { mailboxId, keepLetters: false });
  expect(await it.store.call('letters.count', { scope })).toEqual({ total: 0 });
  const unknown = crypto.randomUUID() as MailboxId;
  await expect(it.store.call('mailboxes.remove', { mailboxId: unknown, keepLetters: true })).rejects.toMatchObject({
    code: 'mailbox.unknown',
  });
});

test('settings are the defaults until they are put; a learned domain is learned again', async () => {
  expect(await it.store.call('settings.get', undefined)).toEqual(defaultSettings);
  const settings = { ...defaultSettings, operatorName: 'Оля', theme: 'dark' as const };
  await it.store.call('settings.put', { settings });
  expect(await it.store.call('settings.get', undefined)).toEqual(settings);
  await it.store.call('providerDomains.learn', { domain: 'Firma.example', providerId: 'one' });
  await it.store.call('providerDomains.learn', { domain: 'firma.example', providerId: 'two' });
  expect(await it.store.call('providerDomains.list', undefined)).toEqual([
    { domain: 'firma.example', providerId: 'two' },
  ]);
});
