import type { WritableDb } from '../process/connection.ts';

/** Whether an answer is wished for was a third value of `answerable`; it is a fact of its own. */
export function migrate0197(db: WritableDb): void {
  db.exec(`
    -- 0: its organiser wants to be told no answer
    ALTER TABLE meeting ADD COLUMN response_requested INTEGER NOT NULL DEFAULT 1;
    UPDATE meeting SET answerable = 1, response_requested = 0 WHERE answerable = 2;
  `);
}
