import { homedir } from 'node:os';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The second net: fields are allow-listed already, this removes what got into one of them by mistake. Order matters: whole lines first, then
 * named values, then what only looks like a secret.
 */
const patterns: readonly (readonly [RegExp, string | ((match: string) => string)])[] = [
  // Sign-in lines of IMAP, POP3 and SMTP, with all that follows.
  [/\b(AUTHENTICATE|AUTH|LOGIN|PASS|USER|APOP)\b[ \t]+[^\r\n]*/g, '$1 [removed]'],
  [/\b(Authorization|Proxy-Authorization|Cookie|Set-Cookie)\s*:[^\r\n]*/gi, '$1: [removed]'],
  [/\b(Bearer|Basic)\s+\S+/g, '$1 [removed]'],
  [
    /\b(\w*(?:password|passwd|passphrase|secret|token|api[-_]?key|pwd|pass))(["']?\s*[=:]\s*["']?)[^\s"',;&]+/gi,
    '$1$2[removed]',
  ],
  // Letters of any script: addresses may be internationalised (RFC 6531).
  [/[^\s<>"'(),;:[\]]+@[^\s<>"'(),;:[\]]+/gu, '[address]'],
  [/[A-Za-z0-9+/_-]{24,}={0,2}/g, (match) => (uuid.test(match) || !/[\d+=]/.test(match) ? match : '[removed]')],
];

export function redactText(text: string): string {
  let clean = redactHome(text);
  for (const [pattern, replacement] of patterns) {
    clean = typeof replacement === 'string' ? clean.replace(pattern, replacement) : clean.replace(pattern, replacement);
  }
  return clean;
}

/** The home folder holds the person's name; written with `/`, with `\` and as in a URL. */
export function redactHome(text: string, home = homedir()): string {
  if (home.length < 2) return text;
  const forms = [
    home,
    home.replaceAll('\\', '/'),
    encodeURI(home.replaceAll('\\', '/')),
    JSON.stringify(home).slice(1, -1),
  ];
  return forms.reduce((clean, form) => clean.replaceAll(form, '~'), text);
}
