import type { X509Certificate } from 'node:crypto';
import type { CertificateClues } from '../../src-shared/doctor/clues.ts';
import type { ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { serverWords } from '../net/server-words.ts';
import { fingerprintOf, RefusedCertificate } from '../net/tls.ts';

/** An error of ours, the library's, Node's: no chain is longer. */
const deepest = 5;

function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < deepest; at = at.cause) chain.push(at);
  return chain;
}

/** What Node or OpenSSL calls it; libraries put names of their own over it. */
export function reasonOf(error: unknown): string | null {
  const refused = causes(error).find((cause) => cause instanceof RefusedCertificate);
  if (refused !== undefined) return refused.message;
  for (const cause of causes(error).slice(1)) {
    const { originalCode, code } = cause as { readonly originalCode?: unknown; readonly code?: unknown };
    if (typeof originalCode === 'string') return originalCode;
    if (typeof code === 'string') return code;
  }
  return null;
}

export function refusedCertificate(error: unknown): X509Certificate | null {
  const refused = causes(error).find((cause) => cause instanceof RefusedCertificate);
  return refused === undefined ? null : refused.certificate;
}

export function certificateClues(error: unknown): CertificateClues | null {
  const certificate = refusedCertificate(error);
  if (certificate === null) return null;
  return {
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
    selfSigned: certificate.checkIssued(certificate),
    issuerFetchable: /CA Issuers - URI:http/i.test(certificate.infoAccess ?? ''),
  };
}

/** The certificate that was refused, if that is what an error is about. */
export function foreignCertificate(endpoint: 'incoming' | 'outgoing', error: unknown): ForeignCertificate | null {
  const certificate = refusedCertificate(error);
  if (certificate === null) return null;
  return {
    endpoint,
    sha256: fingerprintOf(certificate),
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    validFrom: Date.parse(certificate.validFrom),
    validTo: Date.parse(certificate.validTo),
  };
}

export function certificateSeen(certificate: X509Certificate): string {
  const end = new Date(certificate.validTo).toISOString().slice(0, 10);
  return `${oneLine(certificate.subject)}, ≤ ${end}`;
}

/** A name as OpenSSL writes it, one part a line; it may be empty, and it is the server's text. */
function oneLine(name: string | undefined): string {
  return serverWords(name?.replaceAll('\n', ', '), '–');
}

function namesOf({ subjectAltName, subject }: X509Certificate): readonly string[] {
  const names = (subjectAltName ?? '')
    .split(', ')
    .flatMap((entry) => entry.match(/^(?:DNS|IP Address):(.+)$/)?.[1] ?? []);
  const fallback = subject?.match(/^CN=(.+)$/m)?.[1];
  return (names.length > 0 ? names : fallback === undefined ? [] : [fallback]).map((name) => oneLine(name));
}
