import type { MailboxId, MessageId, TicketId } from '../../../src-shared/domain/ids.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { UnsortedLetter } from '../api/tickets.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

interface UnsortedRow {
  readonly id: MessageId;
  readonly mailbox_id: MailboxId;
  readonly from_name: string | null;
  readonly from_address: string | null;
  readonly subject: string;
  readonly message_id_header: string;
  readonly in_reply_to: string | null;
  readonly refs: string | null;
  readonly automatic: number;
  readonly received_at: number;
  readonly state: 'parsed' | 'unreadable';
  readonly problem: string | null;
  readonly whole_size: number | null;
  readonly suspicion: string | null;
  readonly allowed: number;
}

const select = `SELECT m.id, m.mailbox_id, m.from_name, m.from_address, m.subject, m.message_id_header, m.automatic, m.received_at,
    m.state, m.problem, m.whole_size, m.suspicion, d.in_reply_to, d.refs,
    EXISTS (SELECT 1 FROM allowed_sender WHERE address = m.from_key) AS allowed
  FROM message m LEFT JOIN message_detail d ON d.message_id = m.id`;

export function nextUnsorted(db: ReadableDb, mailboxId: MailboxId, limit: number): UnsortedLetter[] {
  return db
    .all<UnsortedRow>(
      `${select} WHERE m.mailbox_id = ? AND m.sorted_at IS NULL AND m.state <> 'stored' ORDER BY m.id LIMIT ?`,
      mailboxId,
      limit,
    )
    .map(toUnsorted);
}

export function readForSorting(db: ReadableDb, messageId: MessageId): UnsortedLetter {
  const row = db.get<UnsortedRow>(`${select} WHERE m.id = ?`, messageId);
  if (!row) throw new AppError('message.gone');
  return toUnsorted(row);
}

/** The newest ticket first where several bear one id: a letter that reached two collection addresses. */
export function ticketsByHeader(
  db: ReadableDb,
  headers: readonly string[],
): { header: string; ticketId: TicketId; ours: boolean }[] {
  return db
    .all<{ header: string; ticketId: TicketId; ours: number }>(
      `SELECT l.message_id_header AS header, l.ticket_id AS ticketId, 0 AS ours FROM json_each(:asked) a
         JOIN ticket_letter l ON l.message_id_header = a.value WHERE l.message_id_header <> ''
       UNION SELECT o.message_id_header, o.ticket_id, 1 FROM json_each(:asked) a
         JOIN outgoing o ON o.message_id_header = a.value WHERE o.ticket_id IS NOT NULL
       ORDER BY 2 DESC`,
      { asked: JSON.stringify(headers) },
    )
    .map((row) => ({ ...row, ours: row.ours === 1 }));
}

export function ticketsByNumber(
  db: ReadableDb,
  numbers: readonly number[],
): { ticketId: TicketId; correspondents: string[] }[] {
  const asked = JSON.stringify(numbers);
  const known = db.all<{ id: TicketId; requester_key: string }>(
    'SELECT id, requester_key FROM ticket WHERE id IN (SELECT value FROM json_each(?))',
    asked,
  );
  return known.map(({ id, requester_key }) => {
    const answered = db.all<{ address: string }>(
      `SELECT DISTINCT r.value ->> 'address' AS address FROM outgoing o, json_each(o.recipients) r WHERE o.ticket_id = ?`,
      id,
    );
    const all = [requester_key, ...answered.map(({ address }) => address.toLowerCase())];
    return { ticketId: id, correspondents: [...new Set(all.filter((address) => address !== ''))] };
  });
}

/** Letters outside of tickets whose sender matches; without a mailbox, those of every collection address. */
function bySender(addressLike: string, mailboxId: MailboxId | null) {
  const inMailbox =
    mailboxId === null
      ? 'mailbox_id IN (SELECT id FROM mailbox WHERE collects_tickets = 1 AND removed = 0)'
      : 'mailbox_id = :mailboxId';
  return {
    where: `${inMailbox} AND ticket_id IS NULL AND from_key <> '' AND from_key LIKE :addressLike ESCAPE '\\'`,
    params: { addressLike, ...(mailboxId === null ? {} : { mailboxId }) },
  };
}

export function countSenders(
  db: ReadableDb,
  addressLike: string,
  mailboxId: MailboxId | null,
): { letters: number; senders: number } {
  const { where, params } = bySender(addressLike, mailboxId);
  const row = db.get<{ letters: number; senders: number }>(
    `SELECT count(*) AS letters, count(DISTINCT from_key) AS senders FROM message WHERE ${where}`,
    params,
  );
  return row ?? { letters: 0, senders: 0 };
}

export function reconsider(db: WritableDb, addressLike: string, mailboxId: MailboxId | null): { letters: number } {
  const { where, params } = bySender(addressLike, mailboxId);
  const { changes } = db.run(
    `UPDATE message SET sorted_at = NULL, outcome = NULL, outcome_why = NULL WHERE sorted_at IS NOT NULL AND ${where}`,
    params,
  );
  return { letters: changes };
}

function problemOf({ problem }: UnsortedRow): WireError | null {
  return problem === null ? null : (JSON.parse(problem) as WireError);
}

function toUnsorted(row: UnsortedRow): UnsortedLetter {
  return {
    messageId: row.id,
    mailboxId: row.mailbox_id,
    from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
    subject: row.subject,
    messageIdHeader: row.message_id_header,
    inReplyTo: row.in_reply_to === null ? [] : (JSON.parse(row.in_reply_to) as string[]),
    references: row.refs === null ? [] : (JSON.parse(row.refs) as string[]),
    automatic: row.automatic === 1,
    receivedAt: row.received_at,
    state: row.whole_size === null ? row.state : 'too-large',
    problem: problemOf(row),
    suspicion: row.suspicion ?? '',
    senderAllowed: row.allowed === 1,
  };
}
