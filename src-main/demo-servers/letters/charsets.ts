export type Charset = 'utf-8' | 'koi8-r' | 'windows-1251' | 'iso-8859-1';

const tables = new Map<Charset, ReadonlyMap<string, number>>();

/** Text as bytes of a charset; a character that it lacks becomes a question mark, as old mail programs wrote it. */
export function encodeText(text: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8');
  const table = tableOf(charset);
  return Buffer.from(Array.from(text, (character) => table.get(character) ?? 0x3f));
}

/** Has the charset every character of the text? */
export function canEncode(text: string, charset: Charset): boolean {
  return charset === 'utf-8' || Array.from(text).every((character) => tableOf(charset).has(character));
}

// The runtime only decodes these; read backwards, its tables encode as well.
function tableOf(charset: Charset): ReadonlyMap<string, number> {
  const known = tables.get(charset);
  if (known) return known;
  const decoder = new TextDecoder(charset);
  const table = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  tables.set(charset, table);
  return table;
}
