import type { ServerFolder } from './folder.ts';

/** What resolving needs to know of a folder. */
export type NamedFolder = Pick<ServerFolder, 'path' | 'separator' | 'namespace' | 'prefix'> & {
  readonly selectable?: boolean;
};

export interface TypedFolders {
  /** Paths as the server has them, each once, in the order typed. */
  readonly found: readonly string[];
  /** What names no folder that can hold letters, as it was typed. */
  readonly unknown: readonly string[];
}

/**
 * Folders typed as text (R21–R25): `,` `;` or a new line between folders, `\` or `/` between levels, whatever the server's own separator is; its own
 * spelling is understood as well, and what it puts before its own folders (`INBOX.`, RFC 2342) need not be typed. A folder may have a comma in its name: a piece that names no folder is tried together with the pieces after it.
 */
export function resolveTypedFolders(text: string, folders: readonly NamedFolder[]): TypedFolders {
  const lookUp = lookUpIn(folders);
  const pieces = piecesOf(text);
  const found = new Set<string>();
  const unknown: string[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const match = matchAtStart(pieces.slice(at), lookUp);
    if (match) found.add(match.path);
    else unknown.push(pieces[at]?.text ?? '');
    at += (match?.pieces ?? 1) - 1;
  }
  return { found: [...found], unknown };
}

/** One folder typed as text, in the server's spelling; one that is not there yet is spelled as the server would. */
export function typedPath(text: string, folders: readonly NamedFolder[]): string {
  const trimmed = text.trim();
  const known = lookUpIn(folders)(trimmed);
  if (known !== null) return known;
  const own = folders.filter(({ namespace }) => namespace === undefined);
  const separator = own.find((folder) => folder.separator !== '')?.separator ?? '/';
  const levels = trimmed
    .split(/[\\/]/)
    .map((level) => level.trim())
    .filter((level) => level !== '');
  const [top = '', ...below] = levels;
  const spelled = [inboxKey(top) === 'INBOX' ? 'INBOX' : top, ...below].join(separator);
  const prefix = own.find((folder) => folder.prefix !== undefined)?.prefix ?? '';
  return `${spelled}${separator}`.startsWith(prefix) ? spelled : `${prefix}${spelled}`;
}

interface Piece {
  readonly text: string;
  /** What stood between it and the next one. */
  readonly after: string;
}

function piecesOf(text: string): readonly Piece[] {
  return [...text.matchAll(/([^,;\n]*)([,;\n]?)/g)]
    .map(([, piece = '', after = '']) => ({ text: piece.trim(), after }))
    .filter((piece) => piece.text !== '');
}

type LookUp = (typed: string) => string | null;

/** The first pieces that name a folder, as few of them as will do. */
function matchAtStart(pieces: readonly Piece[], lookUp: LookUp) {
  for (let count = 1; count <= pieces.length; count += 1) {
    const tried = pieces.slice(0, count);
    const spellings = [tried.map(({ text, after }) => text + after).join(''), tried.map(spaced).join('')];
    for (const spelling of spellings) {
      const path = lookUp(spelling.replace(/[,;\s]+$/, ''));
      if (path !== null) return { path, pieces: count };
    }
  }
  return null;
}

function spaced({ text, after }: Piece): string {
  return `${text}${after} `;
}

function lookUpIn(folders: readonly NamedFolder[]): LookUp {
  const exact = new Map<string, string>();
  const lenient = new Map<string, string>();
  const learn = (key: string, path: string) => {
    if (!exact.has(key)) exact.set(key, path);
    if (!lenient.has(fold(key))) lenient.set(fold(key), path);
  };
  const named = folders.filter(({ selectable }) => selectable !== false);
  for (const { path, separator } of named) {
    learn(levelsKey(path, separator), path);
    learn(path.normalize('NFC'), path);
  }
  // After all that is named in full: nothing becomes another folder because something was left out.
  for (const { path, separator, namespace, prefix } of named)
    if (namespace === undefined && prefix !== undefined && path.startsWith(prefix))
      learn(levelsKey(path.slice(prefix.length), separator), path);
  return (typed) => {
    const keys = [typed.normalize('NFC'), levelsKey(typed, '')];
    const read = (known: ReadonlyMap<string, string>, spell: (key: string) => string) =>
      keys.map((key) => known.get(spell(key))).find((path) => path !== undefined);
    return read(exact, (key) => key) ?? read(lenient, fold) ?? null;
  };
}

/** A path by its levels, so that only the names count. A level whose own name holds a slash is typed as two. */
function levelsKey(path: string, separator: string): string {
  const levels = (separator === '' ? [path] : path.split(separator))
    .flatMap((level) => level.split(/[\\/]/))
    .map((level) => level.trim().normalize('NFC'))
    .filter((level) => level !== '');
  const [top = '', ...below] = levels;
  return [inboxKey(top), ...below].join('\u0000');
}

/** RFC 3501 5.1: INBOX is the one name whose case does not count. */
function inboxKey(name: string): string {
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name;
}

function fold(key: string): string {
  return key.toLowerCase();
}
