import type { MailboxId, MessageId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../process/connection.ts';

/** A "conversation" beyond this is a robot that answers under one id for ever: it grows no further. */
const MAX_THREAD = 1000;
/**
 * Letters looked at before and after this one for each id: a newsletter of years names one id in every issue, and looking at all of them each time would
 * take the square of their number. More than there are mailboxes that hold the same letter.
 */
const MAX_NEIGHBOURS = 200;

/**
 * Joins a letter to the conversations of its mailbox that share a Message-ID with it, whichever letter came first. The smaller conversation moves
 * to the larger: so a letter is renumbered log n times at most.
 */
export function joinThread(db: WritableDb, mailboxId: MailboxId, id: MessageId, headers: readonly string[]): void {
  if (headers.length === 0) return;
  // CROSS JOIN holds SQLite to this order: left to itself it walks the whole mailbox for every letter.
  const threads = db.all<{ thread: number; size: number }>(
    `SELECT thread, (SELECT count(*) FROM message WHERE thread_id = thread) AS size FROM (
       SELECT DISTINCT m.thread_id AS thread
       FROM json_each(:headers) j
       CROSS JOIN message_header h ON h.header = j.value AND h.message_id IN (
         SELECT * FROM (SELECT message_id FROM message_header WHERE header = j.value AND message_id < :id
           ORDER BY message_id DESC LIMIT ${MAX_NEIGHBOURS})
         UNION ALL
         SELECT * FROM (SELECT message_id FROM message_header WHERE header = j.value AND message_id > :id
           ORDER BY message_id LIMIT ${MAX_NEIGHBOURS})
       )
       CROSS JOIN message m ON m.id = h.message_id
       WHERE m.mailbox_id = :mailboxId
     ) ORDER BY size DESC, thread`,
    { headers: JSON.stringify(headers), mailboxId, id },
  );
  const room = threads.filter(({ size }) => size < MAX_THREAD);
  const [largest, ...others] = room;
  if (!largest) return;
  if (largest.thread !== id) db.run('UPDATE message SET thread_id = ? WHERE id = ?', largest.thread, id);
  let size = largest.size + 1;
  for (const other of others) {
    size += other.size;
    if (size > MAX_THREAD) return;
    if (other.thread !== largest.thread)
      db.run('UPDATE message SET thread_id = ? WHERE thread_id = ?', largest.thread, other.thread);
  }
}
