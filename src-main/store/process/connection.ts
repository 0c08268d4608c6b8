import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { toStoreError } from './database-errors.ts';

export type SqlValue = string | number | bigint | Uint8Array | null;
/** Values for `?` in order, or one object for `:name`. */
export type SqlParams = readonly SqlValue[] | readonly [Readonly<Record<string, SqlValue>>];

/** A handle that can only read. The row's shape is the query's own promise: `db.all<{ id: number }>('SELECT id …')`. */
export interface ReadableDb {
  get<Row>(sql: string, ...params: SqlParams): Row | undefined;
  all<Row>(sql: string, ...params: SqlParams): Row[];
  /** Row by row, for results too large to hold. No other statement may run meanwhile. */
  iterate<Row>(sql: string, ...params: SqlParams): IterableIterator<Row>;
}

export interface WritableDb extends ReadableDb {
  run(sql: string, ...params: SqlParams): { readonly changes: number; readonly lastInsertRowid: number };
  /** Several statements without parameters: for migrations. */
  exec(sql: string): void;
  /** All or nothing; inside another transaction it is a savepoint. */
  transaction<T>(work: () => T): T;
}

/** The one handle of a file, held by the store process. */
export interface OpenDatabase extends WritableDb {
  readonly path: string;
  readonly created: boolean;
  close(): void;
}

export interface OpenOptions {
  readonly path: string;
  /** 64 hex digits. */
  readonly key: string;
  readonly mustExist: boolean;
  /** Highest schema this program knows: a file beyond it is left as it is. */
  readonly newestSchema: number;
}

/** Authenticated, so that a damaged page is found when it is read, and three to five times as fast as the others: docs/notes/store.md. */
const CIPHER = 'aegis';
/** Raw letters are tens of kilobytes: larger pages mean fewer overflow pages to encrypt. Measured in docs/notes/store.md. */
const PAGE_SIZE = 8192;
/** Pages in the write-ahead log before they are moved to the file: 16 MB, so that neither a reader nor the disk carries a huge log. */
const CHECKPOINT_PAGES = 2000;
/** KiB; of the 350 MB that main, store and workers may take together. */
const CACHE_KIB = 16_000;
/** Searching filters make a handful of texts; a bound all the same, since a cached statement keeps memory. */
const MAX_STATEMENTS = 400;

/**
 * Opens or makes the encrypted file and proves the key by a read before anything is written.
 * Fails with store.wrong-key, store.from-future, store.corrupt, store.readonly, file.unreadable.
 */
export function openDatabase({ path, key, mustExist, newestSchema }: OpenOptions): OpenDatabase {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new AppError('input.invalid', { at: 'key' });
  const created = !existsSync(path);
  if (mustExist) {
    if (created) throw new AppError('file.unreadable', { path });
    // SQLite takes an empty file for a new database: over a lost one that would look like "no mail".
    if (statSync(path).size === 0) throw new AppError('store.corrupt');
  }
  return withStoreErrors(() => {
    const driver = new Database(path, { timeout: 5000 });
    try {
      driver.pragma(`cipher = '${CIPHER}'`);
      driver.pragma(`key = "x'${key}'"`);
      if (created) driver.pragma(`page_size = ${PAGE_SIZE}`);
      driver.prepare('SELECT count(*) FROM sqlite_schema').get();
      const schema = Number(driver.pragma('user_version', { simple: true }));
      if (schema > newestSchema) throw new AppError('store.from-future', { schema, newest: newestSchema });
      refuseReadOnly(driver);
      driver.pragma('journal_mode = WAL');
      configure(driver);
      return wrap(driver, path, created);
    } catch (error) {
      driver.close();
      throw error;
    }
  });
}

/** For tests of queries: no file, so nothing to encrypt (SQLite refuses a key here). */
export function openInMemoryDatabase(): OpenDatabase {
  const driver = new Database(':memory:');
  configure(driver);
  return wrap(driver, ':memory:', true);
}

/** A second connection that only looks: checks a file or a copy without touching it. */
export function openForReading({ path, key }: { readonly path: string; readonly key: string }): OpenDatabase {
  return withStoreErrors(() => {
    const driver = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
    try {
      driver.pragma(`cipher = '${CIPHER}'`);
      driver.pragma(`key = "x'${key}'"`);
      driver.prepare('SELECT count(*) FROM sqlite_schema').get();
      return wrap(driver, path, false);
    } catch (error) {
      driver.close();
      throw error;
    }
  });
}

/** A mail server may delete what we say is stored: FULL, so that a commit outlives a power cut (reliability.md 3). */
function configure(driver: Database.Database): void {
  driver.pragma('synchronous = FULL');
  driver.pragma('foreign_keys = ON');
  driver.pragma('busy_timeout = 5000');
  // A schema from a tampered file may not call functions with effects.
  driver.pragma('trusted_schema = OFF');
  // Pages are encrypted, so what is deleted is unreadable without the key; overwriting it as well would double the cost of every delete.
  driver.pragma('secure_delete = OFF');
  // Temporary files would be plain text.
  driver.pragma('temp_store = MEMORY');
  // Mapped pages would have to be plain text.
  driver.pragma('mmap_size = 0');
  driver.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  // After a large batch the log file shrinks again.
  driver.pragma('journal_size_limit = 33554432');
  driver.pragma(`cache_size = -${CACHE_KIB}`);
  driver.pragma('fullfsync = OFF');
  driver.pragma('checkpoint_fullfsync = ON');
}

function refuseReadOnly(driver: Database.Database): void {
  // Takes the write lock and writes nothing: a read-only file or folder says so now and not at the first letter.
  const version = driver.pragma('user_version', { simple: true });
  driver.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${Number(version)}; ROLLBACK`);
}

function wrap(driver: Database.Database, path: string, created: boolean): OpenDatabase {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= MAX_STATEMENTS) statements.clear();
    const statement = driver.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const transaction = driver.transaction((work: () => unknown) => work());
  return {
    path,
    created,
    get: <Row>(sql: string, ...params: SqlParams) =>
      withStoreErrors(() => prepare(sql).get(...params) as Row | undefined),
    all: <Row>(sql: string, ...params: SqlParams) => withStoreErrors(() => prepare(sql).all(...params) as Row[]),
    // A cached statement cannot be walked twice at once: a fresh one each time.
    iterate: <Row>(sql: string, ...params: SqlParams) =>
      withStoreErrors(() => driver.prepare(sql).iterate(...params) as IterableIterator<Row>),
    run: (sql, ...params) =>
      withStoreErrors(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...params);
        return { changes, lastInsertRowid: Number(lastInsertRowid) };
      }),
    exec: (sql) => withStoreErrors(() => void driver.exec(sql)),
    transaction: <T>(work: () => T) =>
      withStoreErrors(() => (driver.inTransaction ? transaction(work) : transaction.immediate(work)) as T),
    close: () => {
      statements.clear();
      driver.close();
    },
  };
}

function withStoreErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error);
  }
}
