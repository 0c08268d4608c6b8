import type { Attachment } from '../../../src-shared/domain/message.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ParsedLetter } from '../../mime/parsed-letter.ts';

/** What a parser worker is asked; `raw` is given away with the question. */
export type ParserTask =
  | { readonly kind: 'index' }
  | { readonly kind: 'read' }
  | { readonly kind: 'attachment'; readonly index: number }
  | { readonly kind: 'pictures' };

/** What goes into rows and the index: no HTML, text up to a bound, no attachment's bytes. */
export interface IndexedLetter {
  readonly fields: Omit<ParsedLetter, 'html' | 'text'>;
  readonly text: string;
  readonly textCut: boolean;
  readonly hasHtml: boolean;
  readonly preview: string;
  /** Folded. */
  readonly index: {
    readonly subject: string;
    readonly sender: string;
    readonly recipients: string;
    readonly body: string;
    readonly files: string;
  };
}

export interface LetterBody {
  readonly text: string;
  readonly html: string | null;
}

export interface AttachmentBytes {
  readonly meta: Attachment;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ParserResults {
  readonly index: IndexedLetter;
  readonly read: LetterBody;
  readonly attachment: AttachmentBytes;
  readonly pictures: readonly AttachmentBytes[];
}

export interface ParserQuestion {
  readonly id: number;
  readonly task: ParserTask;
  readonly raw: Uint8Array;
}

export type ParserAnswer =
  | { readonly id: number; readonly value: unknown }
  /** `salvaged`: what the header told of a letter that could not be parsed. */
  | { readonly id: number; readonly problem: WireError; readonly salvaged: IndexedLetter | null };
