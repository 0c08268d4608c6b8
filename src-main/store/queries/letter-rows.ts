import type { Address, Attachment, MessageSummary } from '../../../src-shared/domain/message.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';

export interface SummaryRow {
  readonly id: number;
  readonly mailbox_id: string;
  readonly folder_id: number | null;
  readonly state: MessageSummary['state'];
  readonly problem: string | null;
  readonly from_name: string | null;
  readonly from_address: string | null;
  readonly subject: string;
  readonly preview: string;
  readonly sent_at: number;
  readonly received_at: number;
  readonly size: number;
  readonly whole_size: number | null;
  readonly attachment_count: number;
  readonly unread: number;
  readonly ticket_id: number | null;
  readonly thread_id: number;
  readonly thread_size: number;
}

/** Of `message m`. A letter may lie in several folders: any one is named where the list is not of a folder. */
export const summaryColumns = `
  m.id, m.mailbox_id, m.state, m.problem, m.from_name, m.from_address, m.subject, m.preview, m.sent_at, m.received_at,
  ifnull(m.whole_size, m.size) AS size, m.whole_size, m.attachment_count, m.unread, m.ticket_id, m.thread_id,
  (SELECT folder_id FROM ledger WHERE message_id = m.id ORDER BY listed DESC, left_at IS NOT NULL LIMIT 1) AS folder_id,
  (SELECT count(*) FROM message t WHERE t.thread_id = m.thread_id) AS thread_size`;

export function toSummary(row: SummaryRow): MessageSummary {
  return {
    id: row.id as MessageSummary['id'],
    mailboxId: row.mailbox_id as MessageSummary['mailboxId'],
    folderId: row.folder_id as MessageSummary['folderId'],
    state: row.whole_size !== null && row.state !== 'stored' ? 'too-large' : row.state,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as WireError),
    from: row.from_address === null ? null : { name: row.from_name ?? '', address: row.from_address },
    subject: row.subject,
    preview: row.preview,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    size: row.size,
    attachmentCount: row.attachment_count,
    unread: row.unread === 1,
    ticketId: row.ticket_id as MessageSummary['ticketId'],
    threadId: row.thread_id as MessageSummary['threadId'],
    threadSize: row.thread_size,
  };
}

export interface AttachmentRow {
  readonly idx: number;
  readonly name: string;
  readonly safe_name: string;
  readonly type: string;
  readonly size: number;
  readonly content_id: string | null;
  readonly inline: number;
}

export function toAttachment(row: AttachmentRow): Attachment {
  return {
    index: row.idx,
    name: row.name,
    safeName: row.safe_name,
    type: row.type,
    size: row.size,
    contentId: row.content_id,
    inline: row.inline === 1,
  };
}

export function toAddresses(json: string): Address[] {
  return JSON.parse(json) as Address[];
}
