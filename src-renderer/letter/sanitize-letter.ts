import createDOMPurify, { type UponSanitizeAttributeHookEvent } from 'dompurify';
import { choosesColours, cleanDeclarations, cleanStyleSheet } from './letter-css.ts';
import { type LetterLink, readLink } from './letter-links.ts';
import { letterAttributes, letterTags } from './letter-markup.ts';

/** Pictures that may be shown, as data: URLs: those inside the letter by content id, those from outside by address. */
export interface LetterPictures {
  readonly inline: Readonly<Record<string, string>>;
  readonly remote: Readonly<Record<string, string>>;
}

export interface CleanLetter {
  /** Goes into the frame as it is: nothing may change it any more. */
  readonly html: string;
  /** Addresses of pictures that stay outside until the reader asks for them. */
  readonly remotePictures: readonly string[];
  readonly links: readonly LetterLink[];
  /** Colours of the paper if the letter chose any; null: it takes the console's. */
  readonly paper: { readonly background: string; readonly text: string } | null;
}

/** Only pixels: an SVG is a document of its own. */
const rasterPicture =
  /^data:image\/(?:png|jpe?g|gif|webp|bmp|x-icon|vnd\.microsoft\.icon|avif);base64,[a-z0-9+/=\s]*$/i;
const colourValue = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([\d\s.,%/]{5,40}\))$/i;
/** More than one letter's worth: a list of ten thousand links helps nobody. */
const maxLinks = 500;
/** As many as one call of `mail.remotePictures` takes. */
const maxRemotePictures = 200;

/**
 * Makes a foreign letter harmless: the last step before it is shown, in the document that shows it.
 * All changes happen on the parsed tree inside DOMPurify; the string it returns is final.
 * Links lose their `href`, because a frame can navigate itself; they are returned for a list of our own.
 */
export function sanitizeLetter(html: string, pictures: LetterPictures): CleanLetter {
  const purify = createDOMPurify(window);
  const links: LetterLink[] = [];
  const remote = new Set<string>();
  let coloured = false;

  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName !== 'style') return;
    node.textContent = cleanStyleSheet(node.textContent ?? '');
    coloured ||= choosesColours(node.textContent);
  });
  purify.addHook('uponSanitizeAttribute', (node, attribute) => {
    const { attrName } = attribute;
    if (attrName === 'style') {
      attribute.attrValue = cleanDeclarations(attribute.attrValue);
      coloured ||= choosesColours(attribute.attrValue);
    } else if (attrName === 'bgcolor' || attrName === 'color') coloured = true;
    else if (attrName === 'src') decidePicture(node, attribute, pictures, remote);
  });
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (!node.hasAttribute('href')) return;
    const link = node.nodeName === 'A' ? readLink(node.getAttribute('href') ?? '', textOf(node)) : null;
    node.removeAttribute('href');
    if (!link) return;
    node.setAttribute('title', link.url);
    node.setAttribute('class', `${node.getAttribute('class') ?? ''} mailroom-link`.trim());
    if (links.length < maxLinks) links.push(link);
  });

  const clean = purify.sanitize(html, {
    ALLOWED_TAGS: letterTags,
    ALLOWED_ATTR: letterAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|cid):/i,
    // Style sheets of a letter stand in its head; without this they would be lost.
    FORCE_BODY: true,
  });
  const body = bodyColours(html);
  const paper = coloured || body ? (body ?? { background: '#ffffff', text: '#1b1d21' }) : null;
  return { html: clean, remotePictures: [...remote].slice(0, maxRemotePictures), links, paper };
}

function decidePicture(
  node: Element,
  attribute: UponSanitizeAttributeHookEvent,
  { inline, remote }: LetterPictures,
  outside: Set<string>,
): void {
  attribute.keepAttr = false;
  if (node.nodeName !== 'IMG') return;
  const address = attribute.attrValue.replace(/[\t\n\r]/g, '').trim();
  let shown: string | undefined = address;
  if (/^cid:/i.test(address)) shown = inline[contentId(address)];
  else if (/^(?:https?:)?\/\//i.test(address)) {
    const full = address.startsWith('//') ? `https:${address}` : address;
    shown = remote[full];
    if (shown === undefined) outside.add(full);
  }
  if (shown === undefined || !rasterPicture.test(shown)) return;
  attribute.attrValue = shown;
  attribute.keepAttr = true;
}

/** RFC 2392: the content id in a cid: address is percent-encoded. */
function contentId(address: string): string {
  const id = address.slice('cid:'.length);
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function textOf(link: Element): string {
  const words = link.textContent?.trim() ?? '';
  return words === '' ? (link.querySelector('img[alt]')?.getAttribute('alt') ?? '') : words;
}

/** The body element itself does not survive sanitising; its two colours matter, or white text would stand on white. */
function bodyColours(html: string): CleanLetter['paper'] {
  if (!/<body[^>]/i.test(html)) return null;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const style = cleanDeclarations(body.getAttribute('style') ?? '');
  const styled = (name: RegExp) => name.exec(style)?.[1]?.trim() ?? '';
  const background = body.getAttribute('bgcolor') ?? styled(/(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)/i);
  const text = body.getAttribute('text') ?? styled(/(?:^|;)\s*color\s*:\s*([^;!]+)/i);
  const safe = (value: string, otherwise: string) => (colourValue.test(value.trim()) ? value.trim() : otherwise);
  if (!colourValue.test(background.trim())) return null;
  return { background: safe(background, '#ffffff'), text: safe(text, '#1b1d21') };
}
