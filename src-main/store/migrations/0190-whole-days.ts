import type { WritableDb } from '../process/connection.ts';

/** Meetings of whole days are fetched once more, at the next listing: some zones were not asked for, and their days came a day early or late. */
export function migrate0190(db: WritableDb): void {
  db.exec(`UPDATE meeting SET mark = '' WHERE all_day = 1;`);
}
