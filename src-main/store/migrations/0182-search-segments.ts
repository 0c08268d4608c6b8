import type { WritableDb } from '../process/connection.ts';

/**
 * The text index is written in segments of a commit each, which FTS5 merges four at a time by default: among a million letters each is rewritten six times. Sixteen at a time
 * halve that; searches look into more segments and are far from their limit (docs/notes/figures.md). Merges at once (`crisismerge`) would hold up the store's thread
 * and are left for what the usual ones never reach.
 */
export function migrate0182(db: WritableDb): void {
  db.exec(`
    INSERT INTO letter_index (letter_index, rank) VALUES ('automerge', 16);
    INSERT INTO letter_index (letter_index, rank) VALUES ('crisismerge', 64);
  `);
}
