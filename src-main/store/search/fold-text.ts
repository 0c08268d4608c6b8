/**
 * Text as the index compares it: composed letters, and ё as е, which Russians type for one another. Case and Latin diacritics are folded by the
 * index itself (unicode61, remove_diacritics 2). Used for text and query alike, or nothing would meet.
 */
export function foldText(text: string): string {
  const composed = /[\u0300-\u036f]/.test(text) ? text.normalize('NFC') : text;
  return composed.replaceAll('ё', 'е').replaceAll('Ё', 'Е');
}
