import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Keyring, type KeyringState, startKeyring } from '../support/keyring.ts';

// In a process of its own: the bus is taken from the environment once, at the first call.
const script = `
const keytar = require('keytar');
(async () => {
  await keytar.setPassword('mailroom-test', 'bob', 'kept');
  console.log(await keytar.getPassword('mailroom-test', 'bob'));
})().catch((error) => console.log('refused: ' + error.message));
`;

async function keep({ env }: Keyring): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env, cwd: process.cwd() });
  return stdout.trim();
}

describe('a private keyring', () => {
  test.each([
    ['unlocked', 'kept'],
    ['locked', 'refused: Cannot create an item in a locked collection'],
    ['absent', 'refused: The name org.freedesktop.secrets was not provided by any .service files'],
    ['unreachable', 'refused: Could not connect: No such file or directory'],
  ] as const)('that is %s answers: %s', async (state: KeyringState, answer) => {
    const keyring = await startKeyring(state);
    try {
      expect(await keep(keyring)).toBe(answer);
    } finally {
      await keyring.stop();
    }
  });

  test('one that is unlocked later takes what it refused', async () => {
    const keyring = await startKeyring('locked');
    try {
      expect(await keep(keyring)).toContain('locked');
      await keyring.unlock();
      expect(await keep(keyring)).toBe('kept');
    } finally {
      await keyring.stop();
    }
  });

  test('two share nothing', async () => {
    const first = await startKeyring('unlocked');
    const second = await startKeyring('locked');
    try {
      expect(await keep(first)).toBe('kept');
      expect(await keep(second)).toContain('refused');
    } finally {
      await first.stop();
      await second.stop();
    }
  });
});
