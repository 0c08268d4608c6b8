import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { profilePaths } from '../../src-main/app/paths.ts';
import { openMain, passphrase } from '../bad-input/main-process.ts';
import { makeProfile } from '../faults/collecting-console.ts';
import { rowsByTable, secretNames } from '../support/profile-rows.ts';

test('a company that was tried and removed leaves no row, no log and no secret', async () => {
  using place = await makeProfile();
  const paths = profilePaths(place.profile);
  const logs = () => (existsSync(paths.mailboxLogs) ? readdirSync(paths.mailboxLogs) : []);
  const opened = async (work: (main: Awaited<ReturnType<typeof openMain>>) => Promise<unknown>) => {
    await using main = await openMain({ profile: place.profile });
    await work(main);
  };
  await opened(async () => {});
  const before = await rowsByTable(place.profile, passphrase);
  const secrets = await secretNames(place.profile, passphrase);
  await opened(async ({ call }) => {
    expect((await call('demo.start', undefined)).tickets).toBeGreaterThan(50);
  });
  // The control: there was much to remove.
  const between = await rowsByTable(place.profile, passphrase);
  expect(
    Object.entries(between).filter(([name, rows]) => rows.length > (before[name] ?? []).length).length,
  ).toBeGreaterThan(10);
  expect((await secretNames(place.profile, passphrase)).length).toBeGreaterThan(secrets.length);
  await opened(({ call }) => call('demo.end', undefined));
  expect(await rowsByTable(place.profile, passphrase)).toEqual(before);
  expect(await secretNames(place.profile, passphrase)).toEqual(secrets);
  expect(logs()).toEqual([]);
});
