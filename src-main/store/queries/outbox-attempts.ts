import type { MailboxId, OutgoingId } from '../../../src-shared/domain/ids.ts';
import type { Outgoing, OutgoingState } from '../../../src-shared/domain/outgoing.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { AttemptEnd, Submission } from '../api/outbox.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { forgetRefusals, noteRecipients, stillToReach } from './outbox-recipients.ts';
import { noteDelivery, type OutgoingRow, readOutgoing, readOutgoingBytes } from './outbox-store.ts';
import { planSentCopy } from './sent-copies.ts';

/**
 * Longer than any wait that is ever planned, but for the one that a server asked for: a time beyond both was written before the clock was set back.
 * `retryAfter` is in seconds; a tenth is spread.
 */
const LONGEST_WAIT = `${2 * 3_600_000} + coalesce(problem ->> '$.params.retryAfter', 0) * 1100`;
/** Said to a whole letter, a wait is meant for all that this mailbox sends; said to one address, for that address. */
const ASKED_TO_WAIT = `SELECT mailbox_id FROM outgoing o WHERE state = 'queued' AND problem ->> '$.params.retryAfter' IS NOT NULL
  AND next_attempt_at > :now AND next_attempt_at <= :now + ${LONGEST_WAIT}
  AND NOT EXISTS (SELECT 1 FROM outgoing_recipient r WHERE r.outgoing_id = o.id AND r.state = 'deferred')`;

export interface Claim {
  readonly now: number;
  readonly evenEarly: boolean;
  readonly except: readonly OutgoingId[];
  readonly exceptMailboxes: readonly MailboxId[];
}

export function nextDue(db: ReadableDb): { at: number | null } {
  return (
    db.get<{ at: number | null }>("SELECT min(next_attempt_at) AS at FROM outgoing WHERE state = 'queued'") ?? {
      at: null,
    }
  );
}

/** Committed as `sending` before anybody may hand it over: an end of the program meanwhile can only leave `unknown`. */
export function claimOutgoing(db: WritableDb, { now, evenEarly, except, exceptMailboxes }: Claim): Submission | null {
  return db.transaction(() => {
    const row = db.get<OutgoingRow>(
      `SELECT * FROM outgoing WHERE state = 'queued'
         AND (:evenEarly = 1 OR next_attempt_at <= :now OR next_attempt_at > :now + ${LONGEST_WAIT})
         AND id NOT IN (SELECT value FROM json_each(:except))
         AND mailbox_id NOT IN (SELECT value FROM json_each(:exceptMailboxes))
         AND (:evenEarly = 1 OR mailbox_id NOT IN (${ASKED_TO_WAIT}))
       ORDER BY next_attempt_at, id LIMIT 1`,
      {
        now,
        evenEarly: evenEarly ? 1 : 0,
        except: JSON.stringify(except),
        exceptMailboxes: JSON.stringify(exceptMailboxes),
      },
    );
    if (!row) return null;
    db.run(
      "UPDATE outgoing SET state = 'sending', next_attempt_at = NULL, gives_up_at = NULL, attempts = attempts + 1 WHERE id = ?",
      row.id,
    );
    if (row.ticket_id !== null) noteDelivery(db, row.ticket_id);
    const outgoing = readOutgoing(db, row.id);
    return { outgoing, from: row.from_address, to: stillToReach(outgoing), raw: readOutgoingBytes(db, row.id) };
  });
}

/** Of an answer that is `sending`; told twice (the store died before it could say so), the second changes nothing. */
export function settleAttempt(db: WritableDb, end: AttemptEnd): Outgoing {
  const { outgoingId, state, nextAttemptAt, problem, serverWords, givesUpAt, recipients } = end;
  return db.transaction(() => {
    const { changes } = db.run(
      `UPDATE outgoing SET state = :state, next_attempt_at = :nextAttemptAt, problem = :problem, server_words = :serverWords, gives_up_at = :givesUpAt
       WHERE id = :outgoingId AND state = 'sending'`,
      {
        outgoingId,
        state,
        nextAttemptAt: state === 'queued' ? (nextAttemptAt ?? Date.now()) : null,
        problem: problem === null ? null : JSON.stringify(problem),
        serverWords,
        givesUpAt: state === 'queued' ? givesUpAt : null,
      },
    );
    if (changes > 0) noteRecipients(db, outgoingId, recipients);
    planSentCopy(db, outgoingId);
    return withDelivery(db, outgoingId);
  });
}

/** Queued again by a person, it begins anew: due at once, attempts from zero. */
export function decideOutgoing(
  db: WritableDb,
  outgoingId: OutgoingId,
  from: readonly OutgoingState[],
  state: OutgoingState,
): Outgoing {
  return db.transaction(() => {
    const before = readOutgoing(db, outgoingId);
    if (!from.includes(before.state)) throw new AppError('state.conflict');
    db.run(
      `UPDATE outgoing SET state = :state, problem = NULL, attempts = iif(:state = 'queued', 0, attempts),
         server_words = iif(:state = 'queued', '', server_words), next_attempt_at = iif(:state = 'queued', :now, NULL),
         gives_up_at = NULL
       WHERE id = :outgoingId`,
      { outgoingId, state, now: Date.now() },
    );
    if (state === 'queued') forgetRefusals(db, outgoingId);
    planSentCopy(db, outgoingId);
    return withDelivery(db, outgoingId);
  });
}

export function recoverOutgoing(db: WritableDb): Outgoing[] {
  return db.transaction(() => {
    const interrupted = db.all<{ id: OutgoingId; host: string | null }>(
      `SELECT o.id, m.settings ->> '$.outgoing.host' AS host FROM outgoing o LEFT JOIN mailbox m ON m.id = o.mailbox_id
       WHERE o.state = 'sending' ORDER BY o.id`,
    );
    return interrupted.map(({ id, host }) => {
      const problem = { code: 'delivery.unknown', params: { host: host ?? '–' } } as const;
      const end = { outgoingId: id, state: 'unknown', nextAttemptAt: null, givesUpAt: null } as const;
      return settleAttempt(db, { ...end, problem, serverWords: '', recipients: [] });
    });
  });
}

function withDelivery(db: WritableDb, outgoingId: OutgoingId): Outgoing {
  const after = readOutgoing(db, outgoingId);
  if (after.ticketId !== null) noteDelivery(db, after.ticketId);
  return after;
}
