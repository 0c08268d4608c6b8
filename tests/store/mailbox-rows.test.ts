import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
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
    uidValidity: null,
    loadSince: null,
    firstLoadPlanned: false,
    firstLoadDone: false,
    lastUid: 0,
  });
  if (!cursor) return;
  const moved = { ...cursor, uidValidity: 4294967295, loadSince: 5, firstLoadPlanned: true, lastUid: 4294967294 };
  await it.store.call('folders.setCursor', { cursor: moved });
  expect(await it.store.call('folders.cursors', { mailboxId })).toEqual([moved]);
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
