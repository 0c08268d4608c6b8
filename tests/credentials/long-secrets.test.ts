import { expect, test } from 'vitest';
import { withLongSecrets } from '../../src-main/credentials/long-secrets.ts';
import type { Vault } from '../../src-main/credentials/vault.ts';
import { memoryVault } from '../support/memory-vault.ts';

/** As Windows has it. */
const mostBytes = 2560;

function narrowVault() {
  const kept = memoryVault();
  let writesLeft = Number.POSITIVE_INFINITY;
  const vault: Vault = {
    ...kept,
    put: async (name, secret) => {
      if (Buffer.byteLength(secret) > mostBytes) throw new Error(`${name} is longer than the vault takes`);
      if (writesLeft === 0) throw new Error('stopped');
      writesLeft -= 1;
      await kept.put(name, secret);
    },
  };
  const stopAfter = (writes: number): void => {
    writesLeft = writes;
  };
  return { long: withLongSecrets(vault), secrets: kept.secrets, stopAfter };
}

test.each([
  ['a password', 'secret'],
  ['a grant of 10,000 characters', 'x'.repeat(10_000)],
  ['a text of signs of four bytes', '🔑'.repeat(3000)],
  ['one that looks like a list of pieces', 'mailroom-pieces\nanother'],
  ['one that ends with a piece', 'y'.repeat(1200)],
])('%s comes back as it was', async (_what, secret) => {
  const { long, secrets } = narrowVault();
  await long.put('grant 1', secret);
  expect(await long.get('grant 1')).toBe(secret);
  await long.delete('grant 1');
  expect(await long.get('grant 1')).toBeNull();
  expect([...secrets.keys()]).toEqual([]);
});

test('a short secret lies as it did before there were long ones', async () => {
  const { long, secrets } = narrowVault();
  await long.put('incoming 1', 'secret');
  expect([...secrets]).toEqual([['incoming 1', 'secret']]);
});

test('another secret leaves nothing of the one before', async () => {
  const { long, secrets } = narrowVault();
  await long.put('grant 1', 'a'.repeat(5000));
  await long.put('grant 1', 'b'.repeat(1500));
  expect([...secrets.values()].join('')).not.toContain('aaa');
  await long.put('grant 1', 'short');
  expect([...secrets]).toEqual([['grant 1', 'short']]);
});

test('a stop at any write leaves the old secret or the new one, whole', async () => {
  const [before, after] = ['a'.repeat(2000), 'b'.repeat(2000)];
  for (let writes = 0; writes < 6; writes += 1) {
    const { long, stopAfter } = narrowVault();
    await long.put('grant 1', before);
    stopAfter(writes);
    const failed = await long.put('grant 1', after).then(
      () => false,
      () => true,
    );
    expect(await long.get('grant 1')).toBe(failed ? before : after);
  }
});
