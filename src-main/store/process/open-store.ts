import { statSync } from 'node:fs';
import type { Emit, Handlers, Input } from '../../../src-shared/contract/define-contract.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { databaseContract } from '../api/database.ts';
import { newestSchema, runMigrations } from '../migrations/run-migrations.ts';
import type { StoreContract } from '../store-api.ts';
import { backUp } from './backup-file.ts';
import { CHECKED_BEFORE_USE, checkInBackground, quickCheck, refuseDamaged } from './check-file.ts';
import { type OpenDatabase, openDatabase } from './connection.ts';
import { storeHandlers } from './handlers.ts';
import { ledgerHandlers } from './ledger-handlers.ts';
import { letterHandlers } from './letter-handlers.ts';
import { createParserPool, type ParserPoolOptions } from './parser-pool.ts';
import { createParsing } from './parsing.ts';

export type OpenRequest = Input<StoreContract, 'database.open'>;
type DatabaseHandlers = Handlers<typeof databaseContract>;
/** Everything but `database.open`, which made it. */
export type OpenHandlers = Omit<Handlers<StoreContract>, 'database.open'>;

export interface OpenStore {
  readonly opened: { readonly schema: number; readonly created: boolean; readonly sqlite: string };
  readonly handlers: OpenHandlers;
  /** What makes every further call fail: damage that the check in the background found. */
  fault(): AppError | null;
}

export interface OpenStoreOptions {
  readonly workerFile: string;
  /** One: the second core writes the index meanwhile. Measured in docs/notes/store.md. */
  readonly workers?: number;
  readonly deadline?: ParserPoolOptions['deadline'];
  readonly heapMb?: number;
  /** Bytes up to which a file is checked whole before it is used. */
  readonly checkedBeforeUse?: number;
  /** Milliseconds that a larger file is used before the check of it begins. */
  readonly checkedAfter?: number;
  readonly emit: Emit<StoreContract>;
  readonly onFault: (error: unknown) => void;
}

/** A usual letter takes a third of a millisecond; 40 MB take under two seconds. Twenty times that is not a letter. */
function usualDeadline(bytes: number): number {
  return 10_000 + Math.ceil(bytes / (1024 * 1024)) * 500;
}

/** A parsed letter of 40 MB keeps its texts twice in the heap; what needs more is refused. */
const HEAP_MB = 192;
const READER_IDLE = 30_000;
/** A check reads the whole file, with one processor: not while the window opens and loading begins. */
const CHECKED_AFTER = 30_000;

/** Opens, checks, upgrades, and takes up what a crash left unparsed. */
export function openStore(request: OpenRequest, options: OpenStoreOptions): OpenStore {
  const { path, key } = request;
  const { workerFile, emit, onFault } = options;
  const db = openDatabase({ ...request, newestSchema });
  let damage: AppError | null = null;
  let stopCheck = () => {};
  try {
    const large = !db.created && statSync(path).size > (options.checkedBeforeUse ?? CHECKED_BEFORE_USE);
    if (!large && !db.created) refuseDamaged(db);
    runMigrations(db);
    if (large) {
      stopCheck = later(options.checkedAfter ?? CHECKED_AFTER, () =>
        checkInBackground(workerFile, path, key, () => {
          damage = new AppError('store.corrupt');
          onFault(damage);
        }),
      );
    }
  } catch (error) {
    db.close();
    throw error;
  }
  const { workers = 1, deadline = usualDeadline, heapMb = HEAP_MB } = options;
  const pool = createParserPool({ workerFile, workers, deadline, heapMb, idle: 60_000 });
  const readers = createParserPool({ workerFile, workers: 1, deadline, heapMb, idle: READER_IDLE });
  const parsing = createParsing({ db, pool, onFault, onParsed: (group) => emit('letters.parsed', group) });
  const database = databaseHandlers(db, request, async () => {
    stopCheck();
    parsing.stop();
    await Promise.all([pool.close(), readers.close()]);
    db.run('PRAGMA optimize');
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
  });
  parsing.resume();
  return {
    opened: { schema: newestSchema, created: db.created, sqlite: sqliteVersion(db) },
    handlers: storeHandlers(db, database, {
      ...letterHandlers({ db, parsing, readers }),
      ...ledgerHandlers(db, parsing),
    }),
    fault: () => damage,
  };
}

/** Begins something that can be stopped; stopped before its time, it never begins. */
function later(milliseconds: number, begin: () => () => void): () => void {
  let stop = () => {};
  const timer = setTimeout(() => {
    stop = begin();
  }, milliseconds);
  timer.unref();
  return () => {
    clearTimeout(timer);
    stop();
  };
}

function databaseHandlers(db: OpenDatabase, { key }: OpenRequest, close: () => Promise<void>): DatabaseHandlers {
  const count = (table: string) => db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
  return {
    'database.open': async () => {
      throw new AppError('state.conflict');
    },
    'database.backup': async (to) => backUp(db, key, to.path),
    'database.health': async () => ({
      sqlite: sqliteVersion(db),
      schema: newestSchema,
      bytes: sizeOf(db),
      check: quickCheck(db),
      mailboxes: count('mailbox'),
      letters: count('message'),
      tickets: count('ticket'),
    }),
    'database.close': close,
  };
}

/** Of the database itself: its file alone lacks what still stands in the write-ahead log. */
function sizeOf(db: OpenDatabase): number {
  const sizes = 'SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size';
  return db.get<{ bytes: number }>(sizes)?.bytes ?? 0;
}

function sqliteVersion(db: OpenDatabase): string {
  return db.get<{ version: string }>('SELECT sqlite_version() AS version')?.version ?? '';
}
