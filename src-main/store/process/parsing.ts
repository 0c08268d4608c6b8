import type { MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import { AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { toWire } from '../../../src-shared/errors/wire.ts';
import { keepParsed, type ParsedResult, readWaiting } from '../queries/letter-parsed.ts';
import { readRaw } from '../queries/letter-read.ts';
import type { WritableDb } from './connection.ts';
import { type ParserPool, UnparsedLetter } from './parser-pool.ts';
import type { IndexedLetter } from './parser-tasks.ts';

export interface FreshLetter {
  readonly id: MessageId;
  readonly mailboxId: MailboxId;
  readonly raw: Uint8Array;
}

export interface ParsedGroup {
  readonly mailboxId: MailboxId;
  readonly count: number;
  readonly unreadable: number;
}

/** The way of letters from `stored` to `parsed` or `unreadable`. */
export interface Parsing {
  add(letters: readonly FreshLetter[]): void;
  /** Resolves while less than a bounded number of bytes waits: how a fast server is slowed down. */
  room(): Promise<void>;
  /** Resolves when nothing of the mailbox (null: of any) waits; counts what became unreadable since it was last asked. */
  settle(mailboxId: MailboxId | null): Promise<{ unreadable: number }>;
  /** Takes up letters that a crash or a full disk left unparsed. */
  resume(): void;
  stop(): void;
}

interface Waiting {
  readonly mailboxId: MailboxId;
  readonly size: number;
}

export interface ParsingOptions {
  readonly db: WritableDb;
  readonly pool: ParserPool;
  readonly onParsed: (group: ParsedGroup) => void;
  readonly onFault: (error: unknown) => void;
}

/** Of the 350 MB that main, store and workers may take together. */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;
/** Letters written in one transaction: enough to share its fsync, few enough to answer a search in between. */
const BATCH = 200;
const BATCH_CHARACTERS = 1_000_000;
/** While a slow letter holds the batch up, those that are done become visible after this many milliseconds. */
const MAX_DELAY = 400;
/** Letters read back at a time after a crash. */
const PORTION = 100;

export function createParsing(options: ParsingOptions): Parsing {
  const { db, pool } = options;
  /** Letters between the queue and their commit, with their weight. */
  const waiting = new Map<MessageId, Waiting>();
  const perMailbox = new Map<MailboxId, number>();
  const unreadable = new Map<MailboxId, number>();
  const done: ParsedResult[] = [];
  let doneCharacters = 0;
  let waitingBytes = 0;
  let resumedTo = 0;
  let resuming = false;
  let stuck: AppError | null = null;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  const watchers = new Set<() => void>();

  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (!stopped && !stuck && !holds()) return;
        watchers.delete(look);
        if (stopped) reject(new AppError('store.unavailable'));
        else if (stuck) reject(stuck);
        else resolve();
      };
      watchers.add(look);
      look();
    });

  const enqueue = (id: MessageId, mailboxId: MailboxId, size: number, raw: Uint8Array | null) => {
    replace(id);
    const entry: Waiting = { mailboxId, size };
    waiting.set(id, entry);
    perMailbox.set(mailboxId, (perMailbox.get(mailboxId) ?? 0) + 1);
    waitingBytes += size;
    let held = raw;
    const load = () => {
      const bytes = held ?? readRaw(db, id);
      held = null;
      return bytes;
    };
    void pool.ask<'index'>({ kind: 'index' }, load).then(
      (letter) => waiting.get(id) === entry && finish({ id, mailboxId, letter, problem: null }),
      (error: unknown) => waiting.get(id) === entry && fail(id, mailboxId, error),
    );
  };

  /** A letter whose header waited is there whole: what parsing the header finds is not of it. */
  const replace = (id: MessageId) => {
    if (!waiting.has(id)) return;
    const at = done.findIndex((result) => result.id === id);
    if (at >= 0) done.splice(at, 1);
    drop(id);
  };

  const drop = (id: MessageId) => {
    const entry = waiting.get(id);
    if (!entry) return;
    waiting.delete(id);
    waitingBytes -= entry.size;
    perMailbox.set(entry.mailboxId, (perMailbox.get(entry.mailboxId) ?? 1) - 1);
  };

  const fail = (id: MessageId, mailboxId: MailboxId, error: unknown) => {
    if (stopped) return;
    if (isAppError(error, 'message.gone')) return leave([id]);
    if (!(error instanceof UnparsedLetter)) options.onFault(error);
    const wire = toWire(error);
    const problem = wire.code === 'internal.defect' ? { code: 'message.unreadable' as const, params: {} } : wire;
    finish({ id, mailboxId, letter: error instanceof UnparsedLetter ? error.salvaged : null, problem });
  };

  const finish = (result: ParsedResult) => {
    if (stopped) return;
    done.push(result);
    doneCharacters += charactersOf(result.letter);
    const last = done.length === waiting.size;
    if (done.length >= BATCH || doneCharacters >= BATCH_CHARACTERS || last) commit();
    else timer ??= setTimeout(commit, MAX_DELAY);
  };

  const commit = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (stopped) return;
    const batch = done.splice(0);
    doneCharacters = 0;
    if (batch.length === 0) return;
    try {
      keepParsed(db, batch);
      announce(batch);
    } catch (error) {
      if (isAppError(error)) postpone(error);
      else oneByOne(batch, error);
    }
    leave(batch.map(({ id }) => id));
  };

  /** One letter's values may be what the rows refuse: the others must not share its fate. */
  const oneByOne = (batch: readonly ParsedResult[], reason: unknown) => {
    options.onFault(reason);
    for (const result of batch) {
      let kept = result;
      try {
        keepParsed(db, [result]);
      } catch (error) {
        // No fault of this letter.
        if (isAppError(error)) return postpone(error);
        options.onFault(error);
        kept = { ...result, letter: null, problem: { code: 'message.unreadable', params: {} } };
        keepParsed(db, [kept]);
      }
      announce([kept]);
    }
  };

  /** Full disk, damage: the letters are safe as they are and are taken up again when the next ones come. */
  const postpone = (error: AppError) => {
    stuck = error;
    resumedTo = 0;
    options.onFault(error);
  };

  const announce = (batch: readonly ParsedResult[]) => {
    for (const mailboxId of new Set(batch.map((result) => result.mailboxId))) {
      const own = batch.filter((result) => result.mailboxId === mailboxId);
      const bad = own.filter(({ problem }) => problem !== null).length;
      unreadable.set(mailboxId, (unreadable.get(mailboxId) ?? 0) + bad);
      options.onParsed({ mailboxId, count: own.length, unreadable: bad });
    }
  };

  const leave = (ids: readonly MessageId[]) => {
    for (const id of ids) drop(id);
    if (resuming && waiting.size < PORTION) nextPortion();
    notify();
  };

  const nextPortion = () => {
    const portion = readWaiting(db, resumedTo, PORTION);
    resuming = portion.length === PORTION;
    for (const { id, mailbox_id, size } of portion) {
      resumedTo = id;
      if (!waiting.has(id)) enqueue(id, mailbox_id, size, null);
    }
    if (resuming && waiting.size === 0) nextPortion();
  };

  const resume = () => {
    stuck = null;
    resumedTo = 0;
    nextPortion();
    notify();
  };

  return {
    add(letters) {
      for (const { id, mailboxId, raw } of letters) enqueue(id, mailboxId, raw.byteLength, raw);
      // What a full disk held up: there was room for these.
      if (stuck) resume();
    },
    room: () => (stuck ? Promise.resolve() : until(() => waitingBytes < MAX_WAITING_BYTES)),
    async settle(mailboxId) {
      if (stuck) resume();
      await until(() =>
        mailboxId === null ? waiting.size === 0 : !resuming && (perMailbox.get(mailboxId) ?? 0) === 0,
      );
      const keys = mailboxId === null ? [...unreadable.keys()] : [mailboxId];
      const count = keys.reduce((sum, key) => sum + (unreadable.get(key) ?? 0), 0);
      for (const key of keys) unreadable.delete(key);
      return { unreadable: count };
    },
    resume,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      notify();
    },
  };
}

function charactersOf(letter: IndexedLetter | null): number {
  return letter === null ? 0 : letter.text.length + letter.index.body.length;
}
