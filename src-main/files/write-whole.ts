import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { AppError } from '../../src-shared/errors/errors.ts';

/** The whole file or none: what was there before stays until all of the new one is safe. Throws `file.not-written`. */
export async function writeWhole(path: string, pieces: Uint8Array | AsyncIterable<string>): Promise<void> {
  const next = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const handle = await open(next, 'wx', 0o600);
    try {
      await handle.writeFile(pieces);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, path);
  } catch (error) {
    await rm(next, { force: true });
    if (error instanceof AppError) throw error;
    throw new AppError('file.not-written', { path }, { cause: error });
  }
}
