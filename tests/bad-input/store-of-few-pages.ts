import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';

/**
 * The store process on a disk that is full when a file says so: `max_page_count` stands for the disk, SQLite gives SQLITE_FULL for both.
 * For machines where no file system can be mounted. The file holds how many bytes are left.
 */
const limitFile = process.env.MAILROOM_TEST_BYTES_LEFT ?? '';
const pageSize = 8192;
const unlimited = 2 ** 31;

const { pragma } = Database.prototype;
let database: Database.Database | null = null;
let applied: string | null = null;

function applyLimit(): void {
  const left = existsSync(limitFile) ? readFileSync(limitFile, 'utf8') : null;
  if (database === null || left === applied) return;
  applied = left;
  const used = Number(pragma.call(database, 'page_count', { simple: true }));
  const most = left === null ? unlimited : used + Math.floor(Number(left) / pageSize);
  pragma.call(database, `max_page_count = ${most}`);
}

Database.prototype.pragma = function watched(source, options) {
  const result = pragma.call(this, source, options);
  // The last thing that is set on a handle for writing.
  if (source.startsWith('checkpoint_fullfsync')) {
    database = this;
    applyLimit();
  }
  return result;
};
// Each call meets the disk as it is then. A listener that is added while another one is being added comes before it; added earlier, it would let the stream flow
// while nobody but us reads it.
let listening = false;
process.stdin.on('newListener', (event) => {
  if (event !== 'data' || listening) return;
  listening = true;
  process.stdin.on('data', applyLimit);
});

const store = fileURLToPath(new URL('../../src-main/store/process/store-process.ts', import.meta.url));
// It looks for its parser beside itself.
process.argv[1] = store;
await import(store);
