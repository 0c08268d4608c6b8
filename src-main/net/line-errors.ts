import type { ErrorCode } from '../../src-shared/errors/codes.ts';

/**
 * What Node calls the failures of names, lines and certificates, in our words. The certificate's come from OpenSSL's verification
 * (node:tls, "X509 certificate error codes"); of a chain with several faults it reports one.
 */
const codes: Readonly<Record<string, ErrorCode>> = {
  ENOTFOUND: 'network.unknown-host',
  ENODATA: 'network.unknown-host',
  // The resolver itself does not answer, as when the network is gone: the name may well exist.
  EAI_AGAIN: 'network.unreachable',
  EAI_FAIL: 'network.unreachable',
  ECONNREFUSED: 'network.unreachable',
  EHOSTUNREACH: 'network.unreachable',
  EHOSTDOWN: 'network.unreachable',
  ENETUNREACH: 'network.unreachable',
  ENETDOWN: 'network.unreachable',
  EADDRNOTAVAIL: 'network.unreachable',
  EACCES: 'network.unreachable',
  EPERM: 'network.unreachable',
  ETIMEDOUT: 'network.timeout',
  ECONNRESET: 'network.dropped',
  ECONNABORTED: 'network.dropped',
  EPIPE: 'network.dropped',
  ERR_STREAM_DESTROYED: 'network.dropped',
  ERR_STREAM_WRITE_AFTER_END: 'network.dropped',
  CERT_HAS_EXPIRED: 'tls.certificate-expired',
  CERT_NOT_YET_VALID: 'tls.certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls.certificate-other-name',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'tls.certificate-other-name',
  HOSTNAME_MISMATCH: 'tls.certificate-other-name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls.certificate-untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT: 'tls.certificate-untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls.certificate-untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls.certificate-untrusted',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'tls.certificate-untrusted',
  CERT_SIGNATURE_FAILURE: 'tls.certificate-untrusted',
  CERT_CHAIN_TOO_LONG: 'tls.certificate-untrusted',
  CERT_REVOKED: 'tls.certificate-untrusted',
  CERT_UNTRUSTED: 'tls.certificate-untrusted',
  CERT_REJECTED: 'tls.certificate-untrusted',
  INVALID_CA: 'tls.certificate-untrusted',
  INVALID_PURPOSE: 'tls.certificate-untrusted',
  PATH_LENGTH_EXCEEDED: 'tls.certificate-untrusted',
  // The first is said by the other side, the others by ours; BoringSSL has no other words.
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'tls.too-old',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'tls.too-old',
  ERR_SSL_VERSION_TOO_LOW: 'tls.too-old',
  EPROTO: 'tls.failed',
};

/** Undefined for a code that is not Node's. */
export function lineErrorCode(code: unknown): ErrorCode | undefined {
  if (typeof code !== 'string') return undefined;
  if (Object.hasOwn(codes, code)) return codes[code];
  // The other side does not speak TLS, or no version or cipher that we take.
  return /^ERR_(SSL|TLS|OSSL)_/.test(code) ? 'tls.failed' : undefined;
}
