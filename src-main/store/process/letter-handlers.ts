import { createHash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { Letter } from '../../../src-shared/domain/message.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { contentHash } from '../../mime/content-hash.ts';
import { headerLines } from '../../mime/header-lines.ts';
import type { lettersContract, ReceivedLetter } from '../api/letters.ts';
import { findAlike, hasMoved, likenessOf } from '../queries/letter-likeness.ts';
import { countLetters, listLetters } from '../queries/letter-list.ts';
import { setUnread } from '../queries/letter-places.ts';
import { readLetter, readRaw, readSummary, readThread } from '../queries/letter-read.ts';
import { searchLetters } from '../queries/letter-search.ts';
import { completeLetter, entryAt, findSame, type LetterToStore, storeLetters } from '../queries/letter-store.ts';
import type { WritableDb } from './connection.ts';
import type { ParserPool } from './parser-pool.ts';
import type { Parsing } from './parsing.ts';

export interface LetterParts {
  readonly db: WritableDb;
  readonly parsing: Parsing;
  /** Threads of their own: a person who opens a letter does not wait behind twenty thousand. */
  readonly readers: ParserPool;
}

export function letterHandlers({ db, parsing, readers }: LetterParts): Handlers<typeof lettersContract> {
  const raw = (id: MessageId) => () => readRaw(db, id);
  return {
    'letters.store': async ({ folderId, uidValidity, letters }) => {
      const kept = hasMoved(db, folderId) ? letters.map(packWithLikeness) : letters.map(pack);
      const { mailboxId, fresh, known } = storeLetters(db, folderId, uidValidity, kept);
      parsing.add(fresh.map(({ at, id }) => ({ id, mailboxId, raw: bytesOf(letters[at]) })));
      await parsing.room();
      return { fresh: fresh.length, known };
    },
    'letters.storeHeader': async ({ folderId, uidValidity, letter }) => {
      const likeness = hasMoved(db, folderId) ? likenessOf(letter.header, letter.receivedAt) : null;
      const kept = { ...packHeader(letter), likeness };
      const { mailboxId, fresh } = storeLetters(db, folderId, uidValidity, [kept]);
      const { messageId } = entryAt(db, folderId, { uidValidity, uid: letter.uid });
      if (fresh.length > 0) parsing.add([{ id: messageId, mailboxId, raw: Uint8Array.from(letter.header) }]);
      return { messageId };
    },
    'letters.recognise': async ({ mailboxId, letters }) => letters.map((letter) => recognise(db, mailboxId, letter)),
    'letters.complete': async ({ messageId, letter }) => {
      const { mailboxId } = readSummary(db, messageId);
      const { fresh } = completeLetter(db, messageId, pack(letter));
      if (fresh) parsing.add([{ id: messageId, mailboxId, raw: letter.raw }]);
      await parsing.room();
    },
    'letters.setUnread': async ({ folderId, uidValidity, unread }) => ({
      changed: setUnread(db, folderId, uidValidity, unread),
    }),
    'letters.settle': async ({ mailboxId }) => parsing.settle(mailboxId),
    'letters.count': async ({ scope }) => ({ total: countLetters(db, scope) }),
    'letters.list': async ({ scope, before, limit }) => listLetters(db, scope, before, limit),
    'letters.search': async (search) => searchLetters(db, search),
    'letters.thread': async ({ messageId }) => readThread(db, messageId),
    'letters.get': async ({ messageId }) => {
      const { letter, complete } = readLetter(db, messageId);
      return complete ? letter : withBody(letter, readers, raw(messageId));
    },
    'letters.headers': async ({ messageId }) => headerLines(readRaw(db, messageId)),
    'letters.raw': async ({ messageId }) => readRaw(db, messageId),
    'letters.attachment': async ({ messageId, index }) => {
      readSummary(db, messageId);
      const { meta, bytes } = await readers.ask<'attachment'>({ kind: 'attachment', index }, raw(messageId));
      return { safeName: meta.safeName, type: meta.type, bytes };
    },
    'letters.inlinePictures': async ({ messageId }) => {
      readSummary(db, messageId);
      const found = await readers.ask<'pictures'>({ kind: 'pictures' }, raw(messageId));
      return found.map(({ meta, bytes }) => ({ contentId: meta.contentId ?? '', type: meta.type, bytes }));
    },
  };
}

/** HTML and long text lie in the raw letter only. It was parsed once; should it fail now, the text from the rows is shown. */
async function withBody(letter: Letter, readers: ParserPool, raw: () => Uint8Array): Promise<Letter> {
  try {
    return { ...letter, ...(await readers.ask<'read'>({ kind: 'read' }, raw)) };
  } catch (error) {
    if (isAppError(error) && error.code.startsWith('message.')) return letter;
    throw error;
  }
}

/**
 * Level 1: half of the time of the next for one percent of size; most of mail is base64, which none of them shrinks. At once and in one piece: handing a
 * letter to the thread pool costs this thread four times what compressing it does (docs/notes/store.md).
 */
function pack({ uid, receivedAt, seen, raw }: ReceivedLetter): LetterToStore {
  const packed = zstdCompressSync(raw, {
    chunkSize: Math.max(MIN_CHUNK, raw.byteLength + MIN_CHUNK),
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
  });
  return { uid, receivedAt, seen, size: raw.byteLength, contentHash: contentHash(raw), packed };
}

function packWithLikeness(letter: ReceivedLetter): LetterToStore {
  return { ...pack(letter), likeness: likenessOf(letter.raw, letter.receivedAt) };
}

type Sample = Pick<ReceivedLetter, 'raw' | 'receivedAt'>;

function recognise(db: WritableDb, mailboxId: MailboxId, { raw, receivedAt }: Sample): 'same' | 'alike' | 'unknown' {
  if (findSame(db, mailboxId, contentHash(raw)) !== null) return 'same';
  const likeness = likenessOf(raw, receivedAt);
  if (likeness === null) return 'unknown';
  const sought = { ...likeness, size: raw.byteLength, whole: true, folderId: null };
  return findAlike(db, mailboxId, sought) === null ? 'unknown' : 'alike';
}

/** Apart from every whole letter, whose bytes may be the same header and nothing more. */
function packHeader({
  header,
  size,
  ...letter
}: Omit<ReceivedLetter, 'raw'> & { readonly header: Uint8Array<ArrayBuffer>; readonly size: number }): LetterToStore {
  const contentHash = createHash('sha256').update(`header of ${size} bytes\n`).update(header).digest();
  return { ...pack({ ...letter, raw: header }), wholeSize: size, contentHash };
}

/** zstd may grow what it cannot shrink by a few bytes: with this room the result is one piece. */
const MIN_CHUNK = 1024;

/** Given away to the thread that parses: every letter came with a buffer of its own. */
function bytesOf(letter: ReceivedLetter | undefined): Uint8Array {
  if (!letter) throw new AppError('internal.defect');
  return letter.raw;
}
