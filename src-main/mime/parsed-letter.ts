import type { Address, Attachment } from '../../src-shared/domain/message.ts';

/** What a letter says, in values that go into rows; without the bytes of attachments. */
export interface ParsedLetter {
  readonly from: Address | null;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly subject: string;
  /** The Date header as it is; null where it is missing or no date. */
  readonly date: number | null;
  readonly text: string;
  readonly html: string | null;
  readonly attachments: readonly Attachment[];
  /** With angle brackets; empty when missing. */
  readonly messageIdHeader: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly automatic: boolean;
  /** Why its sender may be false, in the receiving server's words; empty: nothing was found. */
  readonly suspicion: string;
}
