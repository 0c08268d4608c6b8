import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { createOsKeychain } from '../../src-main/credentials/os-keychain.ts';
import { type Keyring, type KeyringState, startKeyring } from '../support/keyring.ts';

const run = promisify(execFile);
const script = join(import.meta.dirname, 'ask-keychain.ts');
const profile = randomUUID();
let keyring: Keyring | null = null;

async function inKeyring(state: KeyringState) {
  const started = await startKeyring(state);
  keyring = started;
  const ask = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [script, ...args], { env: started.env });
    return JSON.parse(stdout) as unknown;
  };
  return { keyring: started, ask };
}

afterEach(async () => {
  await keyring?.stop();
  keyring = null;
});

describe('the keychain of the operating system', () => {
  test('keeps a secret until it is deleted, for one profile only', async () => {
    const { ask } = await inKeyring('unlocked');
    expect(await ask(profile, 'probe')).toEqual({ value: null });
    expect(await ask(profile, 'get', 'a')).toEqual({ value: null });
    expect(await ask(profile, 'put', 'a', 'тайна')).toEqual({ value: null });
    expect(await ask(profile, 'get', 'a')).toEqual({ value: 'тайна' });
    expect(await ask(randomUUID(), 'get', 'a')).toEqual({ value: null });
    expect(await ask(profile, 'delete', 'a')).toEqual({ value: null });
    expect(await ask(profile, 'get', 'a')).toEqual({ value: null });
  });

  test('says that it is locked, not that it is empty', async () => {
    const { ask, keyring } = await inKeyring('unlocked');
    await ask(profile, 'put', 'a', 'secret');
    keyring.lock();
    expect(await ask(profile, 'get', 'a')).toEqual({ code: 'vault.locked' });
    expect(await ask(profile, 'get', 'b')).toEqual({ code: 'vault.locked' });
    expect(await ask(profile, 'put', 'b', 'x')).toEqual({ code: 'vault.locked' });
    expect(await ask(profile, 'delete', 'a')).toEqual({ code: 'vault.locked' });
    expect(await ask(profile, 'probe')).toEqual({ code: 'vault.locked' });
    await keyring.unlock();
    expect(await ask(profile, 'get', 'a')).toEqual({ value: 'secret' });
  });

  test.each(['absent', 'unreachable'] as const)('is unavailable when its service is %s', async (state) => {
    const { ask } = await inKeyring(state);
    expect(await ask(profile, 'probe')).toEqual({ code: 'vault.unavailable' });
    expect(await ask(profile, 'get', 'a')).toEqual({ code: 'vault.unavailable' });
    expect(await ask(profile, 'put', 'a', 'x')).toEqual({ code: 'vault.unavailable' });
  });

  test('that never answers is given up at the deadline', async () => {
    const silent = () => new Promise<never>(() => {});
    const vault = createOsKeychain({
      profileId: profile,
      deadlineMs: 20,
      loadKeytar: async () => ({ getPassword: silent, setPassword: silent, deletePassword: silent }),
    });
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault.timeout' });
    await expect(vault.probe()).rejects.toMatchObject({ code: 'vault.timeout' });
  });

  test('whose native part cannot be loaded is unavailable', async () => {
    const vault = createOsKeychain({
      profileId: profile,
      loadKeytar: async () => {
        throw new Error('libsecret-1.so.0: cannot open shared object file');
      },
    });
    await expect(vault.get('a')).rejects.toMatchObject({ code: 'vault.unavailable' });
  });
});
