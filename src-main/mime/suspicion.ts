/**
 * What the receiving server found against the sender (RFC 8601, DMARC): empty where it found nothing or did not look. Only the topmost Authentication-Results
 * counts: those below may have come with the letter. A domain that asks for nothing (`p=none`) fails every day through lists and forwarding.
 */
export function suspicionOf(headers: ReadonlyMap<string, string>): string {
  const results = headers.get('authentication-results') ?? '';
  const found = /\bdmarc\s*=\s*fail\b[^;]*/i.exec(results)?.[0];
  if (found === undefined || /\b(p|sp|action|dis)\s*=\s*none\b/i.test(found)) return '';
  return found.replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed();
}
