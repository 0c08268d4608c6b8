import { parentPort, workerData } from 'node:worker_threads';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { toWire } from '../../../src-shared/errors/wire.ts';
import { parseMessage, readAttachments, salvageHeader } from '../../mime/parse-message.ts';
import { toIndexedLetter } from './letter-digest.ts';
import type { AttachmentBytes, IndexedLetter, ParserAnswer, ParserQuestion, ParserTask } from './parser-tasks.ts';

/** Pictures of one letter that are worth showing inside it, all together; the rest can be saved as files. */
const MAX_PICTURE_BYTES = 24 * 1024 * 1024;

/**
 * Entry of the store's threads: foreign mail is parsed here and nowhere else. Whoever started it holds the clock and the memory cap: a letter
 * that breaks either takes this thread with it and nothing more. A large file is checked by the same entry.
 */
// Loaded only where it is asked for: a thread that parses foreign mail holds no database driver.
if ((workerData as { kind?: string } | null)?.kind === 'check-file')
  void import('./check-file.ts').then(({ runCheck }) => runCheck());
else
  parentPort?.on('message', ({ id, task, raw }: ParserQuestion) => {
    void answer(id, task, raw).then((reply) => parentPort?.postMessage(reply));
  });

async function answer(id: number, task: ParserTask, raw: Uint8Array): Promise<ParserAnswer> {
  try {
    return { id, value: await run(task, raw) };
  } catch (error) {
    // The parser throws plain errors for what is beyond its limits: to us that is a property of the letter.
    const problem = toWire(isAppError(error) ? error : new AppError('message.unreadable', {}, { cause: error }));
    return { id, problem, salvaged: task.kind === 'index' ? await salvage(raw) : null };
  }
}

async function run(task: ParserTask, raw: Uint8Array): Promise<unknown> {
  switch (task.kind) {
    case 'index':
      return toIndexedLetter(await parseMessage(raw));
    case 'read': {
      const { text, html } = await parseMessage(raw);
      return { text, html };
    }
    case 'attachment': {
      const found = (await readAttachments(raw))[task.index];
      if (!found) throw new AppError('message.unreadable');
      return found;
    }
    case 'pictures':
      return pictures(await readAttachments(raw));
  }
}

function pictures(all: readonly AttachmentBytes[]): AttachmentBytes[] {
  let bytes = 0;
  return all.filter(({ meta, bytes: content }) => {
    if (meta.contentId === null || !meta.type.startsWith('image/')) return false;
    bytes += content.byteLength;
    return bytes <= MAX_PICTURE_BYTES;
  });
}

async function salvage(raw: Uint8Array): Promise<IndexedLetter | null> {
  try {
    return toIndexedLetter(await salvageHeader(raw));
  } catch {
    return null;
  }
}
