import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Accounts, createAccounts } from '../../src-main/accounts/accounts.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { createCredentials } from '../../src-main/credentials/credentials.ts';
import { createDetection } from '../../src-main/detection/detection.ts';
import { createEvents } from '../../src-main/events/events.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { memoryVault } from '../support/memory-vault.ts';
import { noSignIns } from '../support/no-sign-ins.ts';
import { openTestStore, type TestStore } from '../support/open-store.ts';
import { letter, settingsFor, soon } from '../sync/open-console.ts';

let dovecot: Dovecot;
let opened: TestStore;
let vault: ReturnType<typeof memoryVault>;
let accounts: Accounts;
let changes: (string | null)[];

beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());
beforeEach(async () => {
  opened = await openTestStore();
  vault = memoryVault();
  const events = createEvents((error) => {
    throw error;
  });
  changes = [];
  events.on('mailboxes.changed', ({ mailboxId }) => changes.push(mailboxId));
  accounts = createAccounts({
    store: opened.store,
    credentials: createCredentials({ vault, databaseExists: () => true, keepMark: async () => {} }),
    connectors: createConnectors({ logs: silentLogs, times: { farewell: 200 } }),
    detection: createDetection(opened.store),
    signIns: noSignIns(),
    events,
    logs: silentLogs,
  });
});
afterEach(() => opened[Symbol.asyncDispose]());

function draftFor(user: string, changed: Partial<MailboxDraft> = {}): MailboxDraft {
  const settings = settingsFor({ user, port: dovecot.imapPort });
  return { settings, password: 'secret', outgoingPassword: null, mailboxId: null, ...changed };
}

function withOutgoing(draft: MailboxDraft): MailboxDraft {
  const { incoming } = draft.settings as ReceivingSettings;
  const outgoing = { ...incoming, protocol: 'smtp' as const, port: dovecot.submissionPort };
  return { ...draft, settings: { ...draft.settings, outgoing } };
}

const inbox = {
  path: 'INBOX',
  name: 'INBOX',
  separator: '/',
  role: 'inbox',
  selectable: true,
  identity: null,
  selected: true,
} as const;
const add = (draft: MailboxDraft, learnProviderId: string | null = null) =>
  accounts.add({ draft, folders: [inbox], learnProviderId });

describe('a mailbox', () => {
  test('is added with its folders, and its password lies in the vault alone', async () => {
    const mailbox = await add(draftFor('ann'));
    expect(mailbox).toMatchObject({ enabled: true, demo: false, settings: { name: 'ann@company.example' } });
    expect(await accounts.list()).toEqual([mailbox]);
    expect(JSON.stringify(mailbox)).not.toContain('secret');
    expect([...vault.secrets]).toEqual([[`incoming ${mailbox.id}`, 'secret']]);
    expect((await accounts.folders(mailbox.id)).map(({ path, selected }) => [path, selected])).toEqual([
      ['INBOX', true],
    ]);
    expect(changes).toEqual([mailbox.id]);
  });

  test('whose name is taken leaves nothing in the vault', async () => {
    await add(draftFor('ann'));
    await expect(add(draftFor('ann'))).rejects.toMatchObject({ code: 'mailbox.name-taken' });
    expect(vault.secrets.size).toBe(1);
    expect(await accounts.list()).toHaveLength(1);
  });

  test('that cannot be stored takes its secrets with it', async () => {
    const failing = createAccounts({
      store: {
        call: ((name: string, ...rest: unknown[]) =>
          name === 'folders.put'
            ? Promise.reject(new AppError('store.disk-full'))
            : (opened.store.call as (name: string, ...rest: unknown[]) => Promise<unknown>)(
                name,
                ...rest,
              )) as typeof opened.store.call,
      },
      credentials: createCredentials({ vault, databaseExists: () => true, keepMark: async () => {} }),
      connectors: createConnectors({ logs: silentLogs }),
      detection: createDetection(opened.store),
      signIns: noSignIns(),
      events: createEvents((error) => {
        throw error;
      }),
      logs: silentLogs,
    });
    const adding = failing.add({ draft: draftFor('ann'), folders: [inbox], learnProviderId: null });
    await expect(adding).rejects.toMatchObject({ code: 'store.disk-full' });
    expect(vault.secrets.size).toBe(0);
    expect(await accounts.list()).toEqual([]);
  });

  test('remembers the provider that was picked for its domain', async () => {
    await add(draftFor('ann'), 'yandex360');
    expect(await accounts.detect('other@company.example')).toMatchObject({
      source: 'learned',
      provider: { id: 'yandex360' },
    });
  });

  test('keeps its passwords when it is changed without typing them', async () => {
    const draft = withOutgoing(draftFor('ann', { outgoingPassword: 'apart' }));
    const { id } = await add(draft);
    const edited = { ...draft.settings, description: 'edited' };
    const change = { settings: edited, password: null, outgoingPassword: null, mailboxId: id };
    expect((await accounts.update(change)).settings.description).toBe('edited');
    expect((await accounts.signInFor(id, 'incoming')).password).toBe('secret');
    expect((await accounts.signInFor(id, 'outgoing')).password).toBe('apart');

    await accounts.update({ ...change, outgoingPassword: '' });
    expect((await accounts.signInFor(id, 'outgoing')).password).toBe('secret');
    await accounts.update({ ...change, password: 'newer' });
    expect((await accounts.signInFor(id, 'outgoing')).password).toBe('newer');
  });

  test('without an outgoing server cannot send', async () => {
    const { id } = await add(draftFor('ann'));
    await expect(accounts.signInFor(id, 'outgoing')).rejects.toMatchObject({ code: 'mailbox.cannot-send' });
  });

  test('that only sends has one password, and is asked for no letters', async () => {
    const both = withOutgoing(draftFor('ann', { outgoingPassword: 'apart' }));
    const { id } = await add(both);
    const settings = { ...both.settings, incoming: null };
    const change = { settings, password: null, outgoingPassword: null, mailboxId: id };
    await accounts.update(change);
    expect((await accounts.signInFor(id, 'outgoing')).password).toBe('apart');
    await expect(accounts.openIncoming(id, soon())).rejects.toMatchObject({ code: 'mailbox.only-sends' });
    await expect(accounts.listServerFolders(change, soon())).rejects.toMatchObject({ code: 'mailbox.only-sends' });
    const typed = await accounts.check({ ...change, password: 'secret' }, soon());
    const kept = await accounts.check(change, soon());
    expect([typed.ok, kept.steps.at(-1)?.problem?.code]).toEqual([true, 'auth.rejected']);
    await accounts.update({ ...change, password: 'newer' });
    expect((await accounts.signInFor(id, 'outgoing')).password).toBe('newer');
  });

  test('whose password is gone from the vault says so', async () => {
    const { id } = await add(draftFor('ann'));
    await vault.delete(`incoming ${id}`);
    await expect(accounts.openIncoming(id, soon())).rejects.toMatchObject({ code: 'vault.secret-missing' });
  });

  test('is removed with its secrets', async () => {
    const { id } = await add(withOutgoing(draftFor('ann', { outgoingPassword: 'apart' })));
    await accounts.remove(id, false);
    expect(vault.secrets.size).toBe(0);
    expect(await accounts.list()).toEqual([]);
    await expect(accounts.get(id)).rejects.toMatchObject({ code: 'mailbox.unknown' });
  });

  test('is disabled and enabled without losing anything', async () => {
    const { id, settings } = await add(draftFor('ann'));
    expect(await accounts.setEnabled(id, false)).toMatchObject({ enabled: false, settings });
    expect(await accounts.setEnabled(id, true)).toMatchObject({ enabled: true, settings });
    expect((await accounts.signInFor(id, 'incoming')).password).toBe('secret');
  });
});

describe('before a mailbox is saved', () => {
  test('its server is checked, its folders are listed and its letters counted', async () => {
    const old = new Date(Date.now() - 60 * 24 * 60 * 60_000);
    fillMaildir(dovecot, 'wizard', 'INBOX', [{ raw: letter('new') }, { raw: letter('old'), receivedAt: old }]);
    fillMaildir(dovecot, 'wizard', 'Заявки', [{ raw: letter('other') }]);
    const usual = draftFor('wizard');
    const loading = { ...usual.settings.loading, firstLoadPeriod: 'week' as const };
    const draft = { ...usual, settings: { ...usual.settings, loading } };
    expect(await accounts.check(draft, soon())).toMatchObject({ ok: true });
    const folders: readonly ServerFolder[] = await accounts.listServerFolders(draft, soon());
    expect(folders.map(({ path }) => path)).toContain('Заявки');
    const untouched = { tooLarge: 0, toMark: 0, toMove: 0, toDelete: 0 };
    expect(await accounts.look({ draft, folders: ['INBOX', 'Заявки'] }, soon())).toMatchObject({
      folders: [
        { path: 'INBOX', onServer: 2, toLoad: 1, heldBack: 1, ...untouched },
        { path: 'Заявки', onServer: 1, toLoad: 1, heldBack: 0, ...untouched },
      ],
      toLoad: 2,
      toMark: 0,
      toMove: 0,
      toDelete: 0,
      automaticAnswers: 0,
      loadedBefore: 0,
    });
    expect(vault.secrets.size).toBe(0);
  });

  test('a wrong password is a step that failed in the check, and an error elsewhere', async () => {
    const draft = draftFor('wizard', { password: 'wrong' });
    const { ok, steps } = await accounts.check(draft, soon());
    expect(ok).toBe(false);
    expect(steps.at(-1)?.problem?.code).toBe('auth.rejected');
    await expect(accounts.listServerFolders(draft, soon())).rejects.toMatchObject({ code: 'auth.rejected' });
  });
});
