import { createPrivateKey, X509Certificate } from 'node:crypto';
import { type AuthorityFacts, mostAuthorityBytes } from '../../src-shared/domain/certificate-authority.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { serverWords } from '../net/server-words.ts';
import { fingerprintOf } from '../net/tls.ts';

export interface ReadAuthority extends AuthorityFacts {
  /** The certificate alone, without anything that stood around it in the file. */
  readonly pem: string;
}

/** A chain of authorities is three or four long. */
const mostCertificates = 20;

const pemBlock = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]*-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** A sequence that begins with version 3 (RFC 7292, 4); its length takes one to four bytes. */
const pkcs12 = /^30(?:[0-7].|80|81..|82.{4}|83.{6})020103/;

/**
 * The authorities in a file, PEM (one or several) or DER (one). All or none: throws `authority.unreadable`, `authority.private-key`, `authority.not-ca`,
 * `authority.out-of-date`; of what stood in the file nothing is in the error but a certificate's subject.
 */
export function readAuthorities(file: Uint8Array, now: Instant): readonly ReadAuthority[] {
  if (file.byteLength === 0 || file.byteLength > mostAuthorityBytes) throw new AppError('authority.unreadable');
  const bytes = Buffer.from(file);
  const text = bytes.toString('latin1');
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text) || isPrivateKey(bytes))
    throw new AppError('authority.private-key');
  const blocks = text.match(pemBlock) ?? [];
  // A block that is begun and not ended is a damaged file, not a shorter chain.
  const begun = text.split('-----BEGIN ').length - 1;
  if (begun !== blocks.length || blocks.length > mostCertificates) throw new AppError('authority.unreadable');
  const certificates = blocks.length > 0 ? blocks.map(parse) : [parse(bytes)];
  return certificates.map((certificate) => judged(certificate, now));
}

function parse(source: string | Buffer): X509Certificate {
  try {
    return new X509Certificate(source);
  } catch {
    // Without the cause: it may quote the file.
    throw new AppError('authority.unreadable');
  }
}

/** A key as DER, in any of its wrappings, or PKCS #12, which is made to carry one. */
function isPrivateKey(bytes: Buffer): boolean {
  if (pkcs12.test(bytes.subarray(0, 16).toString('hex'))) return true;
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      createPrivateKey({ key: bytes, format: 'der', type });
      return true;
    } catch (error) {
      // Locked by a passphrase it is a key all the same.
      return (error as NodeJS.ErrnoException).code === 'ERR_MISSING_PASSPHRASE';
    }
  });
}

function judged(certificate: X509Certificate, now: Instant): ReadAuthority {
  const subject = oneLine(certificate.subject);
  const validFrom = Date.parse(certificate.validFrom);
  const validTo = Date.parse(certificate.validTo);
  if (!certificate.ca) throw new AppError('authority.not-ca', { subject });
  if (now < validFrom || now > validTo) {
    throw new AppError('authority.out-of-date', { subject, from: dayOf(validFrom), to: dayOf(validTo) });
  }
  const issuer = oneLine(certificate.issuer);
  return { subject, issuer, sha256: fingerprintOf(certificate), validFrom, validTo, pem: certificate.toString() };
}

/** OpenSSL writes one part of a name a line. */
function oneLine(name: string | undefined): string {
  return serverWords(name?.replaceAll('\n', ', '), '–');
}

function dayOf(moment: Instant): string {
  return new Date(moment).toISOString().slice(0, 10);
}
