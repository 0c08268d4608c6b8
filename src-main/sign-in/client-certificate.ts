import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { AppError } from '../../src-shared/errors/errors.ts';

export interface ClientCertificate {
  readonly key: KeyObject;
  /** PKCS #8. */
  readonly keyPem: string;
  /** SHA-256, lower hex. */
  readonly thumbprint: string;
}

/** Certificate and private key out of one PEM text, in whatever order. Throws `auth.client-refused` where they are not there or do not belong together. */
export function readClientCertificate(pem: string, host: string): ClientCertificate {
  const refuse = (words: string) => new AppError('auth.client-refused', { host, serverWords: words });
  const [certificatePem] = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/) ?? [];
  const [keyPem] = pem.match(/-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^-]+-----END \1PRIVATE KEY-----/) ?? [];
  if (!certificatePem || !keyPem) throw refuse('PEM: CERTIFICATE, PRIVATE KEY');
  try {
    const certificate = new X509Certificate(certificatePem);
    const key = createPrivateKey(keyPem);
    if (!certificate.checkPrivateKey(key)) throw refuse('CERTIFICATE ≠ PRIVATE KEY');
    return {
      key,
      keyPem: String(key.export({ type: 'pkcs8', format: 'pem' })),
      thumbprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    };
  } catch (error) {
    // No cause: a parser may quote the key.
    throw error instanceof AppError ? error : refuse('PEM');
  }
}
