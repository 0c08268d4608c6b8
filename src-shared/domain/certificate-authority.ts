import { z } from 'zod';
import { coversHost, hostPatternSchema } from './host-pattern.ts';
import type { Endpoint, MailboxSettings } from './mailbox.ts';
import { type Instant, instantSchema } from './time.ts';

/** What a file may hold; chains of authorities are some kilobytes. */
export const mostAuthorityBytes = 256 * 1024;

/** What a person compares before deciding; names as OpenSSL writes them, on one line. */
export const authorityFactsSchema = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    /** Lower hex without colons. */
    sha256: z.string(),
    validFrom: instantSchema,
    validTo: instantSchema,
  })
  .readonly();
export type AuthorityFacts = z.infer<typeof authorityFactsSchema>;

export const authorityIdSchema = z.number().int().positive().brand('AuthorityId');
export type AuthorityId = z.infer<typeof authorityIdSchema>;

/** A certificate authority that is trusted besides the system's, for one host or the names below one domain, and for nobody else. */
export const certificateAuthoritySchema = authorityFactsSchema
  .unwrap()
  .extend({ id: authorityIdSchema, host: hostPatternSchema, addedAt: instantSchema })
  .readonly();
export type CertificateAuthority = z.infer<typeof certificateAuthoritySchema>;

/** Of the authorities that stand for a mailbox's servers, the nearest end; undefined where none does. */
export function nearestAuthorityEnd(
  { incoming, outgoing }: Pick<MailboxSettings, 'incoming' | 'outgoing'>,
  authorities: readonly Pick<CertificateAuthority, 'host' | 'validTo'>[],
): Instant | undefined {
  const hosts = [incoming, outgoing].flatMap((endpoint) => (endpoint && isJudged(endpoint) ? [endpoint.host] : []));
  const ends = authorities.filter(({ host }) => hosts.some((it) => coversHost(host, it))).map(({ validTo }) => validTo);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Of a pinned certificate neither its end nor who has signed it matters: a person has accepted exactly this one. */
export function isJudged({
  encryption,
  pinnedCertificate,
}: Pick<Endpoint, 'encryption' | 'pinnedCertificate'>): boolean {
  return encryption !== 'none' && pinnedCertificate === null;
}
