import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../src-shared/errors/errors.ts';

/** No room on the disk, or none left of a person's share of it. */
const noRoom = ['ENOSPC', 'EDQUOT'];

/** After a crash at any point the file is the old one or the new one, whole. For the owner's eyes only. Throws `store.disk-full`. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const next = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(next, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true });
    const full = noRoom.includes((error as NodeJS.ErrnoException).code ?? '');
    throw full ? new AppError('store.disk-full', {}, { cause: error }) : error;
  }
  await syncFolder(folder);
}

/** Makes the rename itself durable; Windows does not let a folder be opened, and NTFS journals it anyway. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
