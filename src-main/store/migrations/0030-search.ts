import type { WritableDb } from '../process/connection.ts';

/**
 * The text index: rowid = message.id. It keeps no copy of the text (`content=''`); ё is folded to е before it and in queries, since
 * remove_diacritics knows Latin letters only. Every word is looked up by prefix: without lists for two to four letters each search merges all
 * words that begin so (docs/notes/figures.md: p95 42 ms against 1.3 ms).
 */
export function migrate0030(db: WritableDb): void {
  db.exec(`
    CREATE VIRTUAL TABLE letter_index USING fts5 (
      subject, sender, recipients, body, files,
      content = '', contentless_delete = 1,
      tokenize = 'unicode61 remove_diacritics 2',
      prefix = '2 3 4'
    );
    CREATE TRIGGER message_leaves_index AFTER DELETE ON message WHEN old.state <> 'stored' BEGIN
      DELETE FROM letter_index WHERE rowid = old.id;
    END;
  `);
}
