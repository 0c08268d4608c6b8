import { AppError } from '../errors/errors.ts';

/** `user@x` (exact), `*@domain`, `*@*` (R166); `domain` in ASCII, lower case. */
export type SenderPattern =
  | { readonly kind: 'exact'; readonly address: string }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'any' };

/** RFC 5321, 4.5.3.1.1. */
const MAX_LOCAL_PART = 64;

/** What a person typed; throws sender.pattern-invalid. */
export function parseSenderPattern(typed: string): SenderPattern {
  const [local, domain, ...more] = typed.trim().split('@');
  if (local === undefined || domain === undefined || more.length > 0) throw invalid(typed);
  if (domain === '*' && local === '*') return { kind: 'any' };
  const ascii = asciiDomain(domain);
  if (ascii === null) throw invalid(typed);
  if (local === '*') return { kind: 'domain', domain: ascii };
  if (local === '' || local.length > MAX_LOCAL_PART || /[\s*"(),:;<>[\]\\\p{Cc}]/u.test(local)) throw invalid(typed);
  return { kind: 'exact', address: `${local.toLowerCase()}@${ascii}` };
}

/** One spelling for each set of senders: two entries with one key are the same entry. */
export function senderPatternKey(pattern: SenderPattern): string {
  if (pattern.kind === 'exact') return pattern.address;
  return pattern.kind === 'domain' ? `*@${pattern.domain}` : '*@*';
}

/** An address for comparing: lower case, ASCII form of the domain; null where it is none. */
export function comparableAddress(address: string): string | null {
  const at = address.lastIndexOf('@');
  if (at < 1) return null;
  const domain = asciiDomain(address.slice(at + 1));
  return domain === null ? null : `${address.slice(0, at).trim().toLowerCase()}@${domain}`;
}

/** `почта.рф` and `xn--80a1acny.xn--p1ai` are one domain (RFC 5890); the URL parser does the conversion in every process. */
function asciiDomain(domain: string): string | null {
  if (domain === '' || domain.length > 253 || /[\s*/\\?#@:%[\]<>,;"()]/.test(domain)) return null;
  const url = `http://${domain}`;
  if (!URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/\.$/, '');
  return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(host) ? host : null;
}

function invalid(pattern: string): AppError {
  return new AppError('sender.pattern-invalid', { pattern });
}
