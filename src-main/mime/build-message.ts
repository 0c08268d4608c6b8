import { safeFileName } from './safe-file-name.ts';

export interface Correspondent {
  readonly name: string;
  readonly address: string;
}

export interface MessageDraft {
  /** With angle brackets, as all ids here. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly from: Correspondent;
  readonly replyTo: string;
  readonly to: readonly Correspondent[];
  readonly subject: string;
  readonly date: Date;
  readonly text: string;
  /** Null: made from the text. */
  readonly html: string | null;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

/** The exact bytes of a letter, lines ended by CRLF. Nothing in a field can begin a header of its own. */
export async function buildMessage(draft: MessageDraft): Promise<Buffer<ArrayBuffer>> {
  // Read at the first answer, not at the start of the program.
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const composer = new MailComposer({
    messageId: draft.messageId,
    inReplyTo: draft.inReplyTo ?? undefined,
    references: draft.references.length > 0 ? [...draft.references] : undefined,
    from: oneLine(draft.from),
    replyTo: { name: '', address: draft.replyTo },
    to: draft.to.map(oneLine),
    subject: oneLineOf(draft.subject),
    date: draft.date,
    text: draft.text,
    html: draft.html ?? htmlOf(draft.text),
    attachments: draft.attachments.map(({ name, type, bytes }) => ({
      filename: safeFileName(name),
      content: Buffer.from(bytes),
      contentType: attachmentType(type),
      contentTransferEncoding: 'base64',
    })),
    newline: '\r\n',
    // A page or a script names content, never a path or an address to fetch it from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const message = composer.compile();
  return message.build() as Promise<Buffer<ArrayBuffer>>;
}

/** For readers that show HTML only; what was typed is text and stays text. */
export function htmlOf(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // Two spaces in a row, or one at a line's start, would be lost.
    .replace(/^ | {2}/gm, (spaces) => '&nbsp;'.repeat(spaces.length));
  return `<div>${escaped.replace(/\r\n|\r|\n/g, '<br>\r\n')}</div>`;
}

function oneLine({ name, address }: Correspondent): { name: string; address: string } {
  return { name: oneLineOf(name), address: oneLineOf(address) };
}

function oneLineOf(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** multipart/ and message/ types are built, not attached (RFC 2046, 5.1 and 5.2): as an attachment they are bytes. */
function attachmentType(type: string): string {
  const named = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}$/i.test(type);
  return named && !/^(multipart|message)\//i.test(type) ? type : 'application/octet-stream';
}
