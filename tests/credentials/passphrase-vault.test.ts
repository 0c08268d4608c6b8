import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPassphraseVault } from '../../src-main/credentials/passphrase-vault.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailroom-vault-'));
  file = join(folder, 'vault.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a vault under a passphrase', () => {
  test('keeps secrets over a restart, for its owner only, and leaves no second file', async () => {
    const vault = createPassphraseVault(file, 'correct horse');
    await Promise.all([vault.put('incoming a', 'canary-one'), vault.put('incoming b', 'два')]);
    await vault.put('incoming c', 'x');
    await vault.delete('incoming c');
    const again = createPassphraseVault(file, 'correct horse');
    expect(await again.get('incoming a')).toBe('canary-one');
    expect(await again.get('incoming b')).toBe('два');
    expect(await again.get('incoming c')).toBeNull();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['vault.json']);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('canary-one');
    expect(text).not.toContain('incoming');
    expect(JSON.parse(text)).toMatchObject({ kdf: { name: 'scrypt', N: 2 ** 17 } });
  });

  test('does not open with another passphrase and is not changed by the attempt', async () => {
    await createPassphraseVault(file, 'correct horse').put('a', 'secret');
    const before = await readFile(file, 'utf8');
    const other = createPassphraseVault(file, 'wrong horse');
    await expect(other.get('a')).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    await expect(other.put('a', 'mine')).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  test('asks for its passphrase when none was given', async () => {
    await expect(createPassphraseVault(file, null).get('a')).rejects.toMatchObject({ code: 'vault.passphrase-needed' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('reading a secret makes no file', async () => {
    expect(await createPassphraseVault(file, 'p').get('a')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  });

  test('with a changed byte or a cheaper cost does not open', async () => {
    await createPassphraseVault(file, 'p').put('a', 'secret');
    const content = JSON.parse(await readFile(file, 'utf8')) as { kdf: { N: number }; sealed: { data: string } };
    const data = Buffer.from(content.sealed.data, 'base64');
    data[0] = (data[0] ?? 0) ^ 1;
    const damaged = [
      { ...content, sealed: { ...content.sealed, data: data.toString('base64') } },
      { ...content, kdf: { ...content.kdf, N: 2 ** 14 } },
    ];
    for (const bad of damaged) {
      await writeFile(file, JSON.stringify(bad));
      await expect(createPassphraseVault(file, 'p').get('a')).rejects.toMatchObject({ code: 'vault.wrong-passphrase' });
    }
  });

  test('whose file is not one is left alone', async () => {
    await writeFile(file, '{"format":"something else"}');
    await expect(createPassphraseVault(file, 'p').put('a', 'b')).rejects.toMatchObject({ code: 'vault.unavailable' });
    expect(await readFile(file, 'utf8')).toBe('{"format":"something else"}');
  });
});
