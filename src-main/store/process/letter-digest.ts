import type { Address } from '../../../src-shared/domain/message.ts';
import type { ParsedLetter } from '../../mime/parsed-letter.ts';
import { foldText } from '../search/fold-text.ts';
import type { IndexedLetter } from './parser-tasks.ts';

/** Text kept in rows and indexed: what a person could read in an hour. The whole of it stays in the raw letter. */
const MAX_TEXT = 256 * 1024;
const MAX_PREVIEW = 200;
/** Of the text that is looked at for the preview: more than enough, even with long runs of blanks. */
const PREVIEW_SOURCE = 4000;

export function toIndexedLetter(letter: ParsedLetter): IndexedLetter {
  const { html, text, ...fields } = letter;
  const kept = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT).toWellFormed() : text;
  return {
    fields,
    text: kept,
    textCut: kept.length < text.length,
    hasHtml: html !== null,
    preview: toPreview(kept),
    index: {
      subject: foldText(fields.subject),
      sender: foldText(fields.from === null ? '' : people([fields.from])),
      recipients: foldText(people([...fields.to, ...fields.cc])),
      body: foldText(kept),
      files: foldText(fields.attachments.map(({ name }) => name).join(' ')),
    },
  };
}

/** First own words in one line: quoted lines say what another letter said. */
export function toPreview(text: string): string {
  const own = text.slice(0, PREVIEW_SOURCE).replace(/^[ \t]*>.*$/gm, '');
  return own.replace(/\s+/g, ' ').trim().slice(0, MAX_PREVIEW).toWellFormed();
}

function people(addresses: readonly Address[]): string {
  return addresses.map(({ name, address }) => `${name} ${address}`).join(' ');
}
