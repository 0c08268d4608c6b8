/**
 * Foreign text may move the cursor, rename the window, turn the line around or hide what follows (a subject can hold any character).
 * All that does so is shown as a sign instead: C0 as ␛, the rest as \u202e.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/** Safe for one line of a terminal. */
export function visibleLine(text: string): string {
  return text.replaceAll(/\r\n|[\r\n\t]/g, ' ').replaceAll(hidden, sign);
}

/** Safe for a terminal; lines stay lines. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(hidden, (character) => (/[\n\t]/.test(character) ? character : sign(character)));
}

/** Characters of a JSON text that a terminal might obey, in JSON's own way of writing them. */
export function visibleJson(json: string): string {
  return json.replaceAll(hidden, (character) => (character === '\n' ? character : escaped(character)));
}

function sign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : escaped(character);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
