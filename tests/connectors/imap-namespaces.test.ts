import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLoadedUnasked, type ServerFolder } from '../../src-shared/domain/folder.ts';
import { resolveTypedFolders, typedPath } from '../../src-shared/domain/typed-folders.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir, maildirOf } from '../support/fill-maildir.ts';
import { connectorsFor, imapOf, soon } from './sign-in.ts';

/** As Courier has it: one's own folders below the inbox, and beside it those of others and of everybody; a LIST of all does not tell of the last. */
const extraConfig = `
namespace inbox {
  prefix = INBOX.
  separator = .
}
namespace shared {
  prefix = user.%%u.
  separator = .
}
namespace office {
  type = public
  prefix = Контора.
  separator = .
  location = maildir:%h/../office/Maildir
  subscriptions = no
  list = no
}
`;

let dovecot: Dovecot;
let folders: readonly ServerFolder[];

beforeAll(async () => {
  dovecot = await startDovecot({ extraConfig });
  const letter = { raw: 'Subject: All of us\r\n\r\nx\r\n' };
  fillMaildir(dovecot, 'bob', 'Заявки', [letter]);
  fillMaildir(dovecot, 'office', 'Notices', [letter]);
  writeFileSync(join(maildirOf(dovecot, 'office', 'Notices'), 'dovecot-acl'), 'anyone lr\n');
  const connector = await connectorsFor().openIncoming(imapOf(dovecot, 'none'), soon());
  folders = await connector.listFolders(soon());
  await connector.close();
});
afterAll(() => dovecot.stop());

const named = (path: string) => folders.find((folder) => folder.path === path);

test('what is shared is listed with the mailbox’s own, marked, and loaded only where somebody wants it', () => {
  expect(named('INBOX')).toMatchObject({ role: 'inbox' });
  expect(named('INBOX.Заявки')).toMatchObject({ prefix: 'INBOX.', name: 'Заявки' });
  expect(named('INBOX.Заявки')).not.toHaveProperty('namespace');
  const notices = named('Контора.Notices');
  expect(notices).toMatchObject({ namespace: 'shared', prefix: 'Контора.', selectable: true, role: null });
  expect(folders.filter(isLoadedUnasked).map(({ path }) => path)).not.toContain('Контора.Notices');
  expect(folders.filter(isLoadedUnasked).map(({ path }) => path)).toContain('INBOX.Заявки');
});

test('a shared folder is opened and read by the path that it is listed with', async () => {
  const connector = await connectorsFor().openIncoming(imapOf(dovecot, 'none'), soon());
  const folder = await connector.openFolder('Контора.Notices', soon());
  expect(folder.exists).toBe(1);
  await connector.close();
});

test('what the server puts before its folders need not be typed, and is put before a new one', () => {
  expect(resolveTypedFolders('Заявки; INBOX/Заявки; Контора/Notices', folders)).toEqual({
    found: ['INBOX.Заявки', 'Контора.Notices'],
    unknown: [],
  });
  expect(resolveTypedFolders('Notices', folders).unknown).toEqual(['Notices']);
  expect(['Done/2026', 'INBOX/Done', 'inbox'].map((typed) => typedPath(typed, folders))).toEqual([
    'INBOX.Done.2026',
    'INBOX.Done',
    'INBOX',
  ]);
});

test('the check tells the namespaces that it has seen', async () => {
  const check = await connectorsFor().checkConnection(imapOf(dovecot, 'none'), null, soon());
  const seen = check.steps.find(({ name }) => name === 'list-folders')?.seen;
  expect(seen).toMatch(/NAMESPACE personal "INBOX\.", other users "user\.", shared "Контора\."$/);
});
