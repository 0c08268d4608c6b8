import type { MailboxId } from '../../../src-shared/domain/ids.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { WritableDb } from '../process/connection.ts';

/**
 * Nobody opens its folders any more, so what waits to be done there would wait for ever: it is called off, with the reason. It does not begin by itself when the
 * mailbox receives again: by then somebody may have seen to those letters and invitations, and a person can say so of each.
 */
export function stopReceiving(db: WritableDb, mailboxId: MailboxId, reason: WireError): void {
  const problem = JSON.stringify(reason);
  db.run(
    `UPDATE effect SET state = 'cancelled', problem = ? WHERE mailbox_id = ? AND state IN ('due', 'doing')`,
    ...[problem, mailboxId],
  );
  callOffReplies(db, mailboxId, reason);
}

/** The same for answers to invitations, where the calendar alone is not looked at any more. */
export function callOffReplies(db: WritableDb, mailboxId: MailboxId, reason: WireError): void {
  db.run(
    `UPDATE meeting_reply SET state = 'cancelled', problem = ? WHERE state IN ('due', 'doing')
       AND meeting_id IN (SELECT id FROM meeting WHERE mailbox_id = ?)`,
    ...[JSON.stringify(reason), mailboxId],
  );
}
