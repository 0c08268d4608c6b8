const allowedProtocols = ['https:', 'http:', 'mailto:'];

/** A link of a letter, as offered in the console's own part of the window. */
export interface LetterLink {
  readonly url: string;
  /** Where it really leads: host, or for mailto the address. */
  readonly target: string;
  readonly text: string;
  /** The text names another host than the link leads to. */
  readonly misleading: boolean;
}

/** Null for everything that is not https, http or mailto. */
export function readLink(href: string, text: string): LetterLink | null {
  // What a browser drops from an address before reading it (URL Standard 4.4) may not hide its scheme from us.
  const url = URL.parse(href.replace(/[\t\n\r]/g, '').trim());
  if (!url || !allowedProtocols.includes(url.protocol)) return null;
  const target = url.protocol === 'mailto:' ? decodeAddress(url.pathname) : url.host;
  if (target === '') return null;
  const words = text.replace(/\s+/g, ' ').trim().slice(0, 200);
  return { url: url.href, target, text: words, misleading: url.protocol !== 'mailto:' && namesOtherHost(words, url) };
}

function decodeAddress(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function namesOtherHost(text: string, url: URL): boolean {
  const named = /(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?=[/:?#\s]|$)/u.exec(text);
  // Only a text that is an address itself: a sentence may well end in "report.pdf".
  if (!named?.[1] || named.index !== 0 || text.includes(' ')) return false;
  const host = URL.parse(`https://${named[1]}`)?.hostname ?? named[1];
  const bare = (name: string) => name.toLowerCase().replace(/^www\./, '');
  return bare(host) !== bare(url.hostname) && !bare(url.hostname).endsWith(`.${bare(host)}`);
}

export interface TextPiece {
  readonly text: string;
  readonly link: LetterLink | null;
}

/** Plain text cut at the addresses in it. */
export function splitAtLinks(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const found of text.matchAll(/\bhttps?:\/\/[^\s<>"'\u00ab\u00bb]{3,2000}/gi)) {
    // A full stop or bracket at the end belongs to the sentence.
    const address = found[0].replace(/[.,;:!?)\]]+$/, '');
    const link = readLink(address, address);
    if (!link) continue;
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), link: null });
    pieces.push({ text: address, link });
    end = found.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), link: null });
  return pieces;
}
