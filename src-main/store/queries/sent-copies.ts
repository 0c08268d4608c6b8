import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { MailboxId, OutgoingId } from '../../../src-shared/domain/ids.ts';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import type { Outgoing } from '../../../src-shared/domain/outgoing.ts';
import { wantsSentCopy } from '../../../src-shared/domain/sent-copy.ts';
import type { DueSentCopy, SentCopyEnd, sentCopiesContract } from '../api/sent-copies.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { readOutgoing, readOutgoingBytes } from './outbox-store.ts';

interface DueRow {
  readonly id: OutgoingId;
  readonly mailbox_id: MailboxId;
  readonly message_id_header: string;
  readonly attempts: number;
  readonly settings: string;
}

/** Longer than any wait that is ever planned: a time beyond it was written before the clock was set back. */
const LONGEST_WAIT = 2 * 3_600_000;
/** A mailbox that was removed has no Sent folder any more. */
const open =
  "sent_copy c JOIN outgoing o ON o.id = c.outgoing_id JOIN mailbox m ON m.id = o.mailbox_id AND m.removed = 0 WHERE c.state = 'due'";

export function sentCopyHandlers(db: WritableDb): Handlers<typeof sentCopiesContract> {
  return {
    'sentCopies.claim': async ({ now }) => claimSentCopy(db, now),
    'sentCopies.end': async (end) => endSentCopy(db, end),
    'sentCopies.nextDue': async () => nextSentCopy(db),
  };
}

/** Once somebody has the letter, and once for each letter. */
export function planSentCopy(db: WritableDb, outgoingId: OutgoingId): void {
  const { mailboxId, state, recipients } = readOutgoing(db, outgoingId);
  if (state !== 'accepted' && !recipients.some((one) => one.state === 'accepted')) return;
  const row = db.get<{ settings: string }>('SELECT settings FROM mailbox WHERE id = ? AND removed = 0', mailboxId);
  if (!row || !wantsSentCopy(settingsOf(row.settings))) return;
  db.run(
    "INSERT OR IGNORE INTO sent_copy (outgoing_id, state, next_attempt_at) VALUES (?, 'due', ?)",
    ...[outgoingId, Date.now()],
  );
}

/** The attempt is counted before anybody may begin it. */
function claimSentCopy(db: WritableDb, now: number): DueSentCopy | null {
  return db.transaction(() => {
    const row = db.get<DueRow>(
      `SELECT o.id, o.mailbox_id, o.message_id_header, c.attempts + 1 AS attempts, m.settings
       FROM ${open} AND (c.next_attempt_at <= :now OR c.next_attempt_at > :now + ${LONGEST_WAIT})
       ORDER BY c.next_attempt_at, o.id LIMIT 1`,
      { now },
    );
    if (!row) return null;
    db.run('UPDATE sent_copy SET attempts = ? WHERE outgoing_id = ?', row.attempts, row.id);
    const { id: outgoingId, mailbox_id: mailboxId, message_id_header: messageId, attempts } = row;
    const { incoming, outgoing, sentCopy } = settingsOf(row.settings);
    const raw = readOutgoingBytes(db, outgoingId);
    return { outgoingId, mailboxId, messageId, attempts, raw, servers: { incoming, outgoing, sentCopy } };
  });
}

function endSentCopy(db: WritableDb, { outgoingId, state, nextAttemptAt, problem }: SentCopyEnd): Outgoing {
  db.run(
    "UPDATE sent_copy SET state = :state, next_attempt_at = :nextAttemptAt, problem = :problem WHERE outgoing_id = :outgoingId AND state = 'due'",
    { outgoingId, state, nextAttemptAt, problem: problem === null ? null : JSON.stringify(problem) },
  );
  return readOutgoing(db, outgoingId);
}

function nextSentCopy(db: ReadableDb): { at: number | null } {
  const row = db.get<{ at: number | null }>(`SELECT min(c.next_attempt_at) AS at FROM ${open}`);
  return { at: row?.at ?? null };
}

function settingsOf(text: string): Pick<MailboxSettings, 'incoming' | 'outgoing' | 'sentCopy'> {
  return JSON.parse(text) as MailboxSettings;
}
