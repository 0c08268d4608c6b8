import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { profilePaths } from '../../src-main/app/paths.ts';
import { lockProfile, type ProfileLock } from '../../src-main/app/profile-lock.ts';

const open: ProfileLock[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const lock of open.splice(0)) await lock.release();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function profile(): { socket: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-lock-'));
  folders.push(folder);
  return { socket: profilePaths(folder).lockSocket, folder };
}

test('a second console on one profile is refused, and the first one hears of it', async () => {
  const { socket, folder } = profile();
  const first = await lockProfile(socket, folder);
  open.push(first);
  const knocked = new Promise<void>((resolve) => first.onKnock(resolve));
  await expect(lockProfile(socket, folder)).rejects.toMatchObject({
    code: 'profile.in-use',
    params: { profile: folder },
  });
  await knocked;
});

test('two profiles do not hinder each other, and a released one can be taken again', async () => {
  const one = profile();
  const other = profile();
  open.push(await lockProfile(one.socket, one.folder));
  const second = await lockProfile(other.socket, other.folder);
  await second.release();
  open.push(await lockProfile(other.socket, other.folder));
  expect(open).toHaveLength(2);
});
