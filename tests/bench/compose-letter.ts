import {
  type Charset,
  encodeHeaderText,
  encodeText,
  foldedBase64,
  type TransferEncoding,
  transferEncode,
} from './encode-text.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** Of a picture shown in the text. */
  readonly contentId?: string;
}

export interface LetterParts {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
  /** Message-IDs of the conversation so far, oldest first. */
  readonly references: readonly string[];
  readonly sentAt: Date;
  readonly charset: Charset;
  readonly encoding: TransferEncoding;
  readonly text: string;
  readonly html: string;
  readonly shape: 'plain' | 'html' | 'alternative';
  readonly attachments: readonly Attachment[];
}

/** The letter as a server keeps it: headers of its way here, then the parts. Lines end with LF. */
export function composeLetter(parts: LetterParts, random: SeededRandom): Buffer {
  const pieces = [Buffer.from(envelopeHeaders(parts, random)), ...body(parts, random)];
  return Buffer.concat(pieces);
}

function envelopeHeaders(parts: LetterParts, random: SeededRandom): string {
  const { from, to, charset } = parts;
  const domain = from.slice(from.indexOf('@') + 1);
  const date = parts.sentAt.toUTCString().replace('GMT', '+0000');
  const hop = (by: string): string =>
    `Received: from mx${random.integer(9)}.${domain} (mx.${domain} [192.0.2.${random.integer(254)}])\n\tby ${by} with ESMTPS id ${random.bytes(8).toString('hex')}\n\tfor <${to}>; ${date}`;
  const answers = parts.references.at(-1);
  const lines = [
    `Return-Path: <${from}>`,
    hop('mail.bench.example'),
    hop('relay.bench.example'),
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=mail;\n\th=from:to:subject:date; bh=${random.bytes(32).toString('base64')};\n\tb=${random.bytes(128).toString('base64')}`,
    `From: ${encodeHeaderText(parts.fromName, charset)} <${from}>`,
    `To: <${to}>`,
    `Subject: ${encodeHeaderText(parts.subject, charset)}`,
    `Date: ${date}`,
    `Message-ID: ${parts.messageId}`,
    ...(answers === undefined ? [] : [`In-Reply-To: ${answers}`, `References: ${parts.references.join('\n ')}`]),
    'MIME-Version: 1.0',
    '',
  ];
  return lines.join('\n');
}

/** Content headers of the whole, a blank line, and what follows. */
function body(parts: LetterParts, random: SeededRandom): readonly Buffer[] {
  const inline = parts.attachments.filter(({ contentId }) => contentId !== undefined);
  const attached = parts.attachments.filter(({ contentId }) => contentId === undefined);
  const plain = textPart('plain', parts.text, parts);
  const html = multipart('related', [textPart('html', parts.html, parts), ...inline.map(attachmentPart)], random);
  const text = { plain, html, alternative: multipart('alternative', [plain, html], random) }[parts.shape];
  return multipart('mixed', [text, ...attached.map(attachmentPart)], random);
}

type Part = readonly Buffer[];

function textPart(type: 'plain' | 'html', text: string, { charset, encoding }: LetterParts): Part {
  const head = `Content-Type: text/${type}; charset=${charset}\nContent-Transfer-Encoding: ${encoding}\n\n`;
  const bytes = transferEncode(encodeText(text, charset), encoding);
  return [Buffer.from(head), bytes, Buffer.from('\n')];
}

function attachmentPart({ name, type, bytes, contentId }: Attachment): Part {
  const shown = encodeHeaderText(name, 'utf-8');
  const place =
    contentId === undefined
      ? `Content-Disposition: attachment; filename="${shown}"`
      : `Content-ID: <${contentId}>\nContent-Disposition: inline; filename="${shown}"`;
  const head = `Content-Type: ${type}; name="${shown}"\nContent-Transfer-Encoding: base64\n${place}\n\n`;
  return [Buffer.from(head), foldedBase64(bytes)];
}

function multipart(kind: 'mixed' | 'alternative' | 'related', parts: readonly Part[], random: SeededRandom): Part {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const boundary = `=_${random.bytes(12).toString('hex')}`;
  const open = Buffer.from(`--${boundary}\n`);
  return [
    Buffer.from(`Content-Type: multipart/${kind}; boundary="${boundary}"\n\n`),
    ...parts.flatMap((part) => [open, ...part]),
    Buffer.from(`--${boundary}--\n`),
  ];
}
