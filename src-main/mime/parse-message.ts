import PostalMime, { type Email, type Address as ParsedAddress, type Attachment as ParsedPart } from 'postal-mime';
import type { Address, Attachment } from '../../src-shared/domain/message.ts';
import { isAutomatic } from './automatic.ts';
import { condenseLetter } from './condense-letter.ts';
import { exactPart } from './exact-part.ts';
import { htmlToText } from './html-to-text.ts';
import { messageIdsIn } from './message-ids.ts';
import type { ParsedLetter } from './parsed-letter.ts';
import { repairCharset } from './repair-charset.ts';
import { safeFileName } from './safe-file-name.ts';
import { suspicionOf } from './suspicion.ts';

/** Real letters have under 100 kB of headers in all parts; a list that was forwarded round a company came to 1 MB. */
const MAX_HEADERS = 4 * 1024 * 1024;
/** Real nesting stays under 20; each level is a walk through all boundaries for every line. */
const MAX_NESTING = 100;
/** Addresses kept of one field: a letter to a whole company is listed, not multiplied. */
const MAX_ADDRESSES = 500;
const MAX_SUBJECT = 2000;
const MAX_NAME = 500;
/** More parts than this are not shown: ten thousand rows are an attack, not a letter. */
const MAX_ATTACHMENTS = 1000;
/** Header bytes that are looked at when the whole could not be parsed. */
const SALVAGED_HEADER = 64 * 1024;

const options = { maxNestingDepth: MAX_NESTING, maxHeadersSize: MAX_HEADERS };

/** A letter's fields and texts. Fails where its structure is beyond the limits; its raw bytes are kept all the same. */
export async function parseMessage(raw: Uint8Array): Promise<ParsedLetter> {
  const bytes = repairCharset(asBuffer(raw), MAX_HEADERS);
  const { bytes: condensed, omitted } = condenseLetter(bytes);
  const email = await PostalMime.parse(condensed, options);
  if (omitted.size === 0) return toLetter(email, (part) => exactPart(bytes, contentOf(part)).byteLength);
  const sizes = email.attachments.map((part) => omitted.get(markOf(part)));
  // A mark that did not come back as one attachment stood in text, or in a nested letter that is one file: read the letter as it is.
  if (sizes.filter((size) => size !== undefined).length !== omitted.size)
    return toLetter(await PostalMime.parse(bytes, options), sizeOf);
  return toLetter(email, (part, index) => sizes[index] ?? exactPart(bytes, contentOf(part)).byteLength);
}

/** What the first lines say about a letter that could not be parsed: better than a line without a name. */
export async function salvageHeader(raw: Uint8Array): Promise<ParsedLetter> {
  const head = asBuffer(raw).subarray(0, SALVAGED_HEADER);
  const blank = /\r?\n\r?\n/.exec(head.toString('latin1'));
  const header = repairCharset(blank ? head.subarray(0, blank.index + 1) : head, SALVAGED_HEADER);
  const letter = toLetter(await PostalMime.parse(header, options), sizeOf);
  return { ...letter, text: '', html: null, attachments: [] };
}

/** The decoded bytes of one attachment, numbered as in `attachments`. */
export async function readAttachments(
  raw: Uint8Array,
): Promise<readonly { meta: Attachment; bytes: Uint8Array<ArrayBuffer> }[]> {
  const letter = asBuffer(raw);
  const email = await PostalMime.parse(repairCharset(letter, MAX_HEADERS), options);
  const metas = toAttachments(email.attachments, sizeOf);
  return metas.map((meta, index) => ({ meta, bytes: exactPart(letter, contentOf(email.attachments[index])) }));
}

function toLetter(email: Email, size: (part: ParsedPart, index: number) => number): ParsedLetter {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value);
  const html = email.html ?? null;
  const text = email.text?.trim() ? email.text : html === null ? '' : htmlToText(html);
  const date = Date.parse(email.date ?? '');
  return {
    from: flatten(email.from ? [email.from] : email.sender ? [email.sender] : [])[0] ?? null,
    to: flatten(email.to),
    cc: flatten(email.cc),
    replyTo: flatten(email.replyTo),
    subject: oneLine(email.subject ?? '', MAX_SUBJECT),
    date: Number.isNaN(date) ? null : date,
    text: text.toWellFormed(),
    html: html === null ? null : html.toWellFormed(),
    attachments: toAttachments(email.attachments, size),
    messageIdHeader: messageIdsIn(headers.get('message-id') ?? '')[0] ?? '',
    inReplyTo: messageIdsIn(headers.get('in-reply-to') ?? ''),
    references: messageIdsIn(headers.get('references') ?? ''),
    automatic: isAutomatic(headers),
    suspicion: suspicionOf(headers),
  };
}

function toAttachments(parts: readonly ParsedPart[], size: (part: ParsedPart, index: number) => number): Attachment[] {
  return parts.slice(0, MAX_ATTACHMENTS).map((part, index) => {
    const name = oneLine(part.filename ?? '', MAX_NAME);
    const contentId = part.contentId?.replace(/^\s*<|>\s*$/g, '').slice(0, MAX_NAME) ?? null;
    return {
      index,
      name,
      safeName: safeFileName(name, fallbackName(part.mimeType)),
      type: oneLine(part.mimeType, 200),
      size: size(part, index),
      contentId,
      inline: contentId !== null && (part.related === true || part.disposition === 'inline'),
    };
  });
}

function fallbackName(type: string): string {
  if (type === 'message/rfc822') return 'letter.eml';
  if (type === 'text/calendar') return 'invitation.ics';
  const image = /^image\/(png|jpeg|gif|webp|bmp)$/.exec(type)?.[1];
  return image ? `picture.${image === 'jpeg' ? 'jpg' : image}` : 'attachment';
}

function flatten(addresses: readonly ParsedAddress[] = []): Address[] {
  const flat = addresses.slice(0, MAX_ADDRESSES).flatMap((entry) => entry.group ?? [entry]);
  return flat.slice(0, MAX_ADDRESSES).flatMap(({ name, address }) => {
    const both = { name: oneLine(name, MAX_NAME), address: oneLine(address ?? '', MAX_NAME) };
    return both.name === '' && both.address === '' ? [] : [both];
  });
}

function oneLine(text: string, limit: number): string {
  return text
    .slice(0, limit * 2)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, limit)
    .toWellFormed();
}

function contentOf(part: ParsedPart | undefined): Uint8Array<ArrayBuffer> {
  const content = part?.content ?? '';
  if (typeof content === 'string') return Buffer.from(content);
  return content instanceof Uint8Array ? (content as Uint8Array<ArrayBuffer>) : new Uint8Array(content);
}

function sizeOf(part: ParsedPart): number {
  return typeof part.content === 'string' ? Buffer.byteLength(part.content) : part.content.byteLength;
}

function markOf(part: ParsedPart): string {
  const bytes = contentOf(part);
  return bytes.byteLength === 24 ? asBuffer(bytes).toString('latin1') : '';
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
