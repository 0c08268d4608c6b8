import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCredentials, type ProfileFiles } from '../../src-main/credentials/credentials.ts';
import { mailboxIdSchema } from '../../src-shared/domain/ids.ts';

let folder: string;
let files: ProfileFiles;
const wish = { vault: 'passphrase', passphrase: 'p' } as const;
const mailboxId = mailboxIdSchema.parse('4b9f3bb5-3ad2-4c6e-9d0e-0d4f4c2f8a11');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-credentials-'));
  files = {
    database: join(folder, 'mailroom.db'),
    mark: join(folder, 'profile.json'),
    passphraseVault: join(folder, 'vault.json'),
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the secrets of a profile', () => {
  test('the key of the database is made once', async () => {
    const key = await (await openCredentials(files, wish)).databaseKey();
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(files.database, 'anything');
    expect(await (await openCredentials(files, wish)).databaseKey()).toBe(key);
  });

  test('a database without its key gets no new one, and nothing is changed', async () => {
    await (await openCredentials(files, wish)).databaseKey();
    await writeFile(files.database, 'anything');
    await rm(files.passphraseVault);
    const before = await readdir(folder);
    const credentials = await openCredentials(files, wish);
    await expect(credentials.databaseKey()).rejects.toMatchObject({ code: 'vault.secret-missing' });
    expect(await readdir(folder)).toEqual(before);
  });

  test('a database without its mark gets no new key either', async () => {
    await writeFile(files.database, 'anything');
    await expect(openCredentials(files, wish)).rejects.toMatchObject({ code: 'vault.secret-missing' });
    expect(await readdir(folder)).toEqual(['mailroom.db']);
  });

  test('a profile made with one kind of vault is not opened with the other', async () => {
    await (await openCredentials(files, wish)).databaseKey();
    await expect(openCredentials(files, { vault: 'keychain', passphrase: null })).rejects.toMatchObject({
      code: 'vault.backend-changed',
      params: { was: 'passphrase', is: 'keychain' },
    });
  });

  test('a first start that ended before the mark was written can be repeated', async () => {
    const key = await (await openCredentials(files, wish)).databaseKey();
    await rm(files.mark);
    expect(await (await openCredentials(files, wish)).databaseKey()).toBe(key);
    expect(await readdir(folder)).toContain('profile.json');
  });

  test('passwords of the two directions are apart', async () => {
    const credentials = await openCredentials(files, wish);
    await credentials.putPassword(mailboxId, 'incoming', 'one');
    expect(await credentials.password(mailboxId, 'outgoing')).toBeNull();
    await credentials.putPassword(mailboxId, 'outgoing', 'two');
    await credentials.deletePassword(mailboxId, 'incoming');
    expect(await credentials.password(mailboxId, 'incoming')).toBeNull();
    expect(await credentials.password(mailboxId, 'outgoing')).toBe('two');
  });
});
