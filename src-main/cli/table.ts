import { visibleLine } from './visible-text.ts';

/** Cells as aligned columns; foreign text in them is made harmless. Without rows there is no head either. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length === 0) return [];
  const cells = [head, ...rows].map((row) => row.map((cell) => visibleLine(String(cell))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const numeric = head.map((_, column) => rows.every((row) => typeof row[column] === 'number'));
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const blanks = ' '.repeat((widths[column] ?? 0) - width(cell));
        return numeric[column] ? blanks + cell : cell + blanks;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** At most so many columns, the rest as an ellipsis: subjects have no bound of their own. */
export function shorten(text: string, columns: number): string {
  const line = visibleLine(text);
  if (width(line) <= columns) return line;
  let short = '';
  let used = 0;
  for (const character of line) {
    used += width(character);
    if (used > columns - 1) break;
    short += character;
  }
  return `${short}…`;
}

/** Columns of a terminal: wide characters of East Asia and pictures take two, marks that sit on others none. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mark}/u.test(character)) continue;
    const code = character.codePointAt(0) ?? 0;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xff00 && code <= 0xff60) ||
      code >= 0x1f300;
    columns += wide ? 2 : 1;
  }
  return columns;
}
