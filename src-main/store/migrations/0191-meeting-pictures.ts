import type { WritableDb } from '../process/connection.ts';

/** By which a meeting's text names a picture among its files; meetings with pictures are fetched once more, at the next listing. */
export function migrate0191(db: WritableDb): void {
  db.exec(`
    ALTER TABLE meeting_file ADD COLUMN content_id TEXT NOT NULL DEFAULT '';
    UPDATE meeting SET mark = '' WHERE html LIKE '%cid:%';
  `);
}
