import type { Charset } from './charsets.ts';
import { encodeText } from './charsets.ts';
import { encodeBody, encodeHeaderText, type TransferEncoding } from './transfer-encoding.ts';

export interface Correspondent {
  readonly name: string;
  readonly address: string;
}

export interface LetterFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  /** A picture that the HTML shows as cid:…; without: an attachment. */
  readonly contentId?: string;
}

export interface LetterDraft {
  readonly from: Correspondent;
  readonly to: Correspondent;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly files: readonly LetterFile[];
  readonly messageId: string;
  /** The conversation before it, oldest first; the last one is answered. */
  readonly references: readonly string[];
  readonly sentAt: number;
  readonly charset: Charset;
  readonly encoding: TransferEncoding;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

interface Part {
  readonly headers: readonly string[];
  readonly body: string;
}

const crlf = '\r\n';

/** The letter's bytes (RFC 5322). The program's own code for making letters is not used: what it gets wrong, this must not get wrong too. */
export function composeLetter(draft: LetterDraft): Buffer {
  const part = contentOf(draft);
  const headers = [...headersOf(draft), 'MIME-Version: 1.0', ...part.headers];
  return Buffer.from(`${headers.join(crlf)}${crlf}${crlf}${part.body}`, 'latin1');
}

function headersOf({ from, to, subject, messageId, references, sentAt, charset, headers }: LetterDraft): string[] {
  const answered = references.at(-1);
  return [
    `Received: from mx.elsewhere.test by mail.polar-key.test;${crlf} ${headerDate(sentAt)}`,
    `From: ${mailbox(from, charset)}`,
    `To: ${mailbox(to, charset)}`,
    `Subject: ${encodeHeaderText(subject, charset)}`,
    `Date: ${headerDate(sentAt)}`,
    `Message-ID: ${messageId}`,
    ...(answered === undefined ? [] : [`In-Reply-To: ${answered}`, `References: ${references.join(`${crlf} `)}`]),
    ...(headers ?? []).map(([name, value]) => `${name}: ${value}`),
  ];
}

function mailbox({ name, address }: Correspondent, charset: Charset): string {
  const plain = encodeHeaderText(name, charset);
  return plain === name ? `"${name}" <${address}>` : `${plain} <${address}>`;
}

/** RFC 5322 date, in UTC. */
export function headerDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}

function contentOf({ text, html, files, messageId, charset, encoding }: LetterDraft): Part {
  const boundary = (kind: string) => `=_${kind}_${messageId.replaceAll(/\W/g, '')}`.slice(0, 70);
  const pictures = files.filter((file) => file.contentId !== undefined);
  const attachments = files.filter((file) => file.contentId === undefined);
  let part = textPart('plain', text, charset, encoding);
  if (html !== undefined) {
    const styled = textPart('html', html, charset, encoding);
    const shown =
      pictures.length === 0 ? styled : multipart('related', boundary('r'), [styled, ...pictures.map(filePart)]);
    part = multipart('alternative', boundary('a'), [part, shown]);
  }
  return attachments.length === 0 ? part : multipart('mixed', boundary('m'), [part, ...attachments.map(filePart)]);
}

function textPart(kind: 'plain' | 'html', text: string, charset: Charset, encoding: TransferEncoding): Part {
  return {
    headers: [`Content-Type: text/${kind}; charset=${charset}`, `Content-Transfer-Encoding: ${encoding}`],
    body: encodeBody(encodeText(text.replaceAll('\n', crlf) + crlf, charset), encoding),
  };
}

function filePart({ name, type, bytes, contentId }: LetterFile): Part {
  // RFC 2231 for names that are not ASCII.
  const fileName = /^[\x20-\x7e]*$/.test(name) ? `filename="${name}"` : `filename*=utf-8''${encodeURIComponent(name)}`;
  return {
    headers: [
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${contentId === undefined ? 'attachment' : 'inline'};${crlf} ${fileName}`,
      ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    ],
    body: encodeBody(bytes, 'base64'),
  };
}

function multipart(kind: string, boundary: string, parts: readonly Part[]): Part {
  const bodies = parts.map(({ headers, body }) => `--${boundary}${crlf}${headers.join(crlf)}${crlf}${crlf}${body}`);
  return {
    headers: [`Content-Type: multipart/${kind};${crlf} boundary="${boundary}"`],
    body: `${bodies.join(crlf)}${crlf}--${boundary}--${crlf}`,
  };
}
