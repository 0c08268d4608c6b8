/**
 * Foreign CSS, made harmless before it is written into the letter's document: nothing in it may name an address,
 * bring in another sheet or stay in place while the letter scrolls. The frame's own policy forbids the network
 * as well; this is the layer above it.
 */

/** Functions whose argument is, or may become, an address (CSS Images 4, CSS Values 4), and what old engines ran as code. */
const addressFunction =
  /(?:url(?:-prefix)?|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade|element|paint|expression|domain|document|attr|var|env)\s*\(/i;
/** What is left of an address once its function was hidden by an escape. */
const address = /\/\//;
const forbiddenProperty = /^\s*(?:-moz-binding|behavior|--[\w-]*)\s*:/i;
const stuckPosition = /^\s*position\s*:[^;]*(?:fixed|sticky)/i;

/** Comments and escapes can hide a word from any later test, so they go first. A letter loses an odd font name at most. */
function plainCss(css: string): string {
  return css
    .replace(/<!--|-->/g, ' ')
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' ')
    .replaceAll('\\', '')
    .replaceAll('\0', '');
}

function isForbidden(declaration: string): boolean {
  return (
    address.test(declaration) ||
    addressFunction.test(declaration) ||
    forbiddenProperty.test(declaration) ||
    stuckPosition.test(declaration)
  );
}

/** The value of a `style` attribute without the declarations that are not allowed. */
export function cleanDeclarations(css: string): string {
  return plainCss(css)
    .split(';')
    .filter((declaration) => declaration.trim() !== '' && !isForbidden(declaration))
    .join(';');
}

/** A whole style sheet: of the at-rules only `@media` stays. */
export function cleanStyleSheet(css: string): string {
  const sheet = plainCss(css)
    // Statements (`@import …;`) go whole; blocks (`@font-face {…}`) lose their name, so that the engine skips them.
    .replace(/@(?!media\b)[^;{}]*(;|(?=\{)|(?=\})|$)/gi, (_rule, end: string) => (end === ';' ? '' : '@not-allowed '))
    .replace(/[^;{}]+/g, (piece) => (isForbidden(piece) ? '' : piece));
  // What still looks like markup has no business in a style sheet and could end the element.
  return sheet.includes('<') ? '' : sheet;
}

/** Does this CSS choose colours? Then the letter was designed for light paper and keeps it in the dark theme. */
export function choosesColours(css: string): boolean {
  return /(?:^|[;{\s])(?:background(?:-color)?|color)\s*:/i.test(css);
}
