import { X509Certificate } from 'node:crypto';
import type { Instant } from '../../src-shared/domain/time.ts';

/** When the certificate in a PEM text ends; null where there is none that can be read. */
export function certificateEnd(pem: string): Instant | null {
  const [text] = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/) ?? [];
  if (text === undefined) return null;
  try {
    return Date.parse(new X509Certificate(text).validTo);
  } catch {
    return null;
  }
}
