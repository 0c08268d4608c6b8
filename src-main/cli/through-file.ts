import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from './session.ts';

/** To standard output through a file of our own, which is how the console hands out exact bytes. */
export async function printThroughFile(session: Session, save: () => Promise<unknown>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'mailroom-'));
  try {
    const path = join(dir, 'saved');
    session.saveTo(path);
    await save();
    await session.printBytes(await readFile(path));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
