import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { openConsole } from '../../src-main/app/terminal-console.ts';
import { runMailroom } from '../../src-main/cli/program.ts';
import { createCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { passphrase } from './mailroom.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());

test('an authority is added from a file or by standard input, listed, and removed by its number; a key is refused', async () => {
  const certificates = createCertificates(join(folder.path, 'certificates'));
  const person = { askWhereToSave: async () => null, openLink: async () => {} };
  const wish = { profile: join(folder.path, 'profile'), vault: 'passphrase' as const, passphrase, automatic: false };
  const opened = await openConsole({ ...wish, person });
  /** Each command opens the console and closes it again; here it stays open, which is quicker. */
  const run = async (args: readonly string[], given = '') => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdin.end(given);
    const terminal = { stdin, stdout, stderr, env: {}, signal: new AbortController().signal };
    const stays = async () => ({ client: opened.client, close: async () => {} });
    const code = await runMailroom(['authority', ...args], terminal, { openConsole: stays, version: '1.2.3' });
    for (const stream of [stdout, stderr]) stream.end();
    return { code, out: await text(stdout), problem: await text(stderr) };
  };
  const add = ['add', '--host', '*.corp.example', '--json', '--from'];
  const [added] = JSON.parse((await run([...add, certificates.caFile])).out) as { readonly id: number }[];
  expect(added).toMatchObject({ host: '*.corp.example', subject: 'CN=Mailroom test authority' });

  const refused = await run([...add, '-'], certificates.caPem + readFileSync(certificates.valid.key, 'utf8'));
  expect([refused.code, JSON.parse(refused.problem).code]).toEqual([1, 'authority.private-key']);

  const row = /^Number +Host +Issued to +Valid +SHA-256\n +1 +\*\.corp\.example +CN=Mailroom test authority/;
  expect((await run(['list'])).out).toMatch(row);
  expect((await run(['remove', String(added?.id)])).code).toBe(0);
  expect((await run(['list'])).out).toBe('Only the authorities of this computer are trusted.\n');
  await opened.close();
});
