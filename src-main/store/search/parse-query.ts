import { foldText } from './fold-text.ts';

/** What is asked of the index, in its own language; null where nothing is. */
export interface IndexQuery {
  readonly include: string | null;
  readonly exclude: string | null;
}

/** Columns of letter_index by the word a person puts before the colon, in both languages. */
const columns: Readonly<Record<string, string>> = {
  from: 'sender',
  to: 'recipients',
  subject: 'subject',
  file: 'files',
  от: 'sender',
  кому: 'recipients',
  тема: 'subject',
  файл: 'files',
};

/** A pasted paragraph is looked up by its first words; each further one costs a pass and excludes little. */
const MAX_TERMS = 24;
/** One letter begins a tenth of all words: it is looked up as a word of its own, until the second is typed. */
const MIN_PREFIX = 2;

/**
 * Words are looked up by prefix and must all occur; `from:` and the like narrow one to a field; "…" keeps words together; `-word` excludes.
 * Every word is quoted for FTS5, so nothing that can be typed is a fault of syntax.
 */
export function parseQuery(typed: string): IndexQuery {
  const include: string[] = [];
  const exclude: string[] = [];
  const terms = foldText(typed.toWellFormed()).matchAll(/(-?)(?:(\p{L}+):(?!\/\/))?(?:"([^"]*)"?|([^\s"]+))/gu);
  for (const [, minus, field, phrase, word] of terms) {
    if (include.length + exclude.length >= MAX_TERMS) break;
    const expression = toExpression(field, phrase, word);
    if (expression !== null) (minus === '-' ? exclude : include).push(expression);
  }
  return { include: joined(include, ' AND '), exclude: joined(exclude, ' OR ') };
}

function toExpression(field: string | undefined, phrase: string | undefined, word: string | undefined): string | null {
  const named = field?.toLowerCase() ?? '';
  const column = Object.hasOwn(columns, named) ? columns[named] : undefined;
  // An unknown field is not a field: `re:invoice` are two words.
  const text = (column === undefined && field !== undefined ? `${field} ` : '') + (phrase ?? word ?? '');
  const tokens = text.match(/[\p{L}\p{N}\p{M}]+/gu);
  if (tokens === null) return null;
  const last = tokens.at(-1) ?? '';
  // Symbols go: inside quotes they only separate.
  const quoted = `"${tokens.join(' ')}"`;
  const prefix = phrase === undefined && last.length >= MIN_PREFIX ? `${quoted} *` : quoted;
  return column === undefined ? prefix : `${column} : ${prefix}`;
}

function joined(expressions: readonly string[], by: string): string | null {
  return expressions.length === 0 ? null : `(${expressions.join(by)})`;
}
