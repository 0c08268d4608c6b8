import { zstdDecompressSync } from 'node:zlib';
import type { MessageId } from '../../../src-shared/domain/ids.ts';
import type { Letter, MessageSummary } from '../../../src-shared/domain/message.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb } from '../process/connection.ts';
import {
  type AttachmentRow,
  type SummaryRow,
  summaryColumns,
  toAddresses,
  toAttachment,
  toSummary,
} from './letter-rows.ts';

/** More of one conversation than anybody reads; a robot's endless thread must not fill the memory. */
const MAX_THREAD = 500;

interface DetailRow {
  readonly to_addresses: string;
  readonly cc_addresses: string;
  readonly reply_to_addresses: string;
  readonly text: string;
  readonly text_cut: number;
  readonly has_html: number;
  readonly message_id_header: string;
  readonly automatic: number;
}

/** A letter as far as rows tell it: `complete` false where text was cut or the HTML lies in the raw letter only. */
export interface LetterFromRows {
  readonly letter: Letter;
  readonly complete: boolean;
}

export function readSummary(db: ReadableDb, id: MessageId): MessageSummary {
  const row = db.get<SummaryRow>(`SELECT ${summaryColumns} FROM message m WHERE m.id = ?`, id);
  if (!row) throw new AppError('message.gone');
  return toSummary(row);
}

export function readLetter(db: ReadableDb, id: MessageId): LetterFromRows {
  const summary = readSummary(db, id);
  const detail = db.get<DetailRow>(
    `SELECT d.*, m.message_id_header, m.automatic FROM message_detail d JOIN message m ON m.id = d.message_id
     WHERE d.message_id = ?`,
    id,
  );
  const attachments = db
    .all<AttachmentRow>('SELECT * FROM attachment WHERE message_id = ? ORDER BY idx', id)
    .map(toAttachment);
  const letter: Letter = {
    summary,
    to: detail ? toAddresses(detail.to_addresses) : [],
    cc: detail ? toAddresses(detail.cc_addresses) : [],
    replyTo: detail ? toAddresses(detail.reply_to_addresses) : [],
    messageIdHeader: detail?.message_id_header ?? '',
    text: detail?.text ?? '',
    html: null,
    attachments,
    automatic: detail?.automatic === 1,
  };
  return { letter, complete: summary.state !== 'parsed' || (detail?.has_html === 0 && detail.text_cut === 0) };
}

export function readThread(db: ReadableDb, id: MessageId): MessageSummary[] {
  const { threadId } = readSummary(db, id);
  return db
    .all<SummaryRow>(
      `SELECT * FROM (SELECT ${summaryColumns} FROM message m WHERE m.thread_id = ? ORDER BY m.id DESC LIMIT ?) ORDER BY id`,
      threadId,
      MAX_THREAD,
    )
    .map(toSummary);
}

/** The exact bytes as they came. */
export function readRaw(db: ReadableDb, id: MessageId): Uint8Array<ArrayBuffer> {
  const row = db.get<{ bytes: Buffer }>('SELECT bytes FROM raw WHERE message_id = ?', id);
  if (!row) throw new AppError('message.gone');
  return zstdDecompressSync(row.bytes) as Uint8Array<ArrayBuffer>;
}
