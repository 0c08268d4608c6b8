/** Text that is read by people and indexed, never shown as HTML: so nothing here needs to be a sanitizer. */
const MAX_INPUT = 2 * 1024 * 1024;
const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'svg']);
const BREAKING = /^(?:br|p|div|tr|table|ul|ol|h[1-6]|blockquote|section|article|header|footer|hr|pre|dd|dt)$/;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwnj: '', zwj: '',
  laquo: '«', raquo: '»', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', bdquo: '„', ndash: '–', mdash: '—', hellip: '…',
  bull: '•', middot: '·', copy: '©', reg: '®', trade: '™', euro: '€', pound: '£', yen: '¥', sect: '§', deg: '°', plusmn: '±',
  times: '×', larr: '←', rarr: '→', uarr: '↑', darr: '↓', numero: '№', agrave: 'à', aacute: 'á', acirc: 'â', atilde: 'ã',
  auml: 'ä', aring: 'å', aelig: 'æ', ccedil: 'ç', egrave: 'è', eacute: 'é', ecirc: 'ê', euml: 'ë', igrave: 'ì', iacute: 'í',
  icirc: 'î', iuml: 'ï', ntilde: 'ñ', ograve: 'ò', oacute: 'ó', ocirc: 'ô', otilde: 'õ', ouml: 'ö', oslash: 'ø', ugrave: 'ù',
  uacute: 'ú', ucirc: 'û', uuml: 'ü', yacute: 'ý', yuml: 'ÿ', szlig: 'ß',
  Agrave: 'À', Aacute: 'Á', Auml: 'Ä', Aring: 'Å', Ccedil: 'Ç', Eacute: 'É', Egrave: 'È', Ouml: 'Ö', Oslash: 'Ø', Uuml: 'Ü',
}; // biome-ignore format: a table

/** One pass over the string, whatever is in it: no expression that looks back over what was read. */
export function htmlToText(html: string): string {
  const source = html.length > MAX_INPUT ? html.slice(0, MAX_INPUT) : html;
  const out: string[] = [];
  const missing = new Set<string>();
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open < 0) {
      out.push(collapse(source.slice(at)));
      break;
    }
    if (open > at) out.push(collapse(source.slice(at, open)));
    at = afterTag(source, open, { out, missing });
  }
  return tidy(out.join(''));
}

interface Walk {
  readonly out: string[];
  /** Closing tags that do not occur any more. */
  readonly missing: Set<string>;
}

/** Reads one tag, comment or skipped element at `open`; returns where text goes on. */
function afterTag(source: string, open: number, state: Walk): number {
  const { out } = state;
  if (source.startsWith('<!--', open)) return after(source, '-->', open + 4);
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(source.slice(open, open + 20))?.[1]?.toLowerCase();
  if (name === undefined) {
    const declaration = source[open + 1] === '!' || source[open + 1] === '?';
    if (declaration) return after(source, '>', open);
    out.push('<');
    return open + 1;
  }
  const end = after(source, '>', open);
  if (SKIPPED.has(name) && source[open + 1] !== '/') return afterElement(source, name, end, state);
  if (name === 'li' && source[open + 1] !== '/') out.push('\n* ');
  else if (name === 'td' || name === 'th') out.push(' ');
  else if (BREAKING.test(name)) out.push('\n');
  return end;
}

function afterElement(source: string, name: string, from: number, { missing }: Walk): number {
  // What does not occur is looked for once: a thousand openings would be a thousand walks to the end.
  const find = (tag: string): number => {
    const found = missing.has(tag) ? -1 : source.indexOf(tag, from);
    if (found < 0) missing.add(tag);
    return found;
  };
  const lower = find(`</${name}`);
  const close = lower < 0 ? find(`</${name.toUpperCase()}`) : lower;
  return close < 0 ? from : after(source, '>', close);
}

function after(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  return found < 0 ? source.length : found + mark.length;
}

function collapse(text: string): string {
  return decodeEntities(text.replace(/[ \t\r\n\f]+/g, ' '));
}

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named(name) ?? named(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : ' ';
  });
}

function named(entity: string): string | undefined {
  return Object.hasOwn(NAMED, entity) ? NAMED[entity] : undefined;
}

function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[ \u00a0]+/g, ' ').trim());
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''));
  return kept.join('\n').trim();
}
