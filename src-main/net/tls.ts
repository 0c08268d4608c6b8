import type { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import type { ErrorCode } from '../../src-shared/errors/codes.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { lineErrorCode } from './line-errors.ts';

/** Whom the system trusts, and whoever was added on purpose. */
export interface Trust {
  readonly secureContext: (host: string) => tls.SecureContext;
}

/** What a person has decided for one host alone. */
export interface HostTrust {
  /** PEM texts. */
  readonly authorities: readonly string[];
  /** TLS 1.0 and 1.1 as well. */
  readonly oldVersions: boolean;
}
/** Asked whenever a line is made. */
export type TrustFor = (host: string) => HostTrust;

const asEverywhere: HostTrust = { authorities: [], oldVersions: false };

/** More combinations of added authorities than a company has; older ones are made again. */
const mostContexts = 32;

/** `extraCertificates`: PEM texts of authorities that are trusted everywhere; `trustFor`: what counts for one host alone. */
export function createTrust(extraCertificates: readonly string[] = [], trustFor: TrustFor = () => asEverywhere): Trust {
  // Kept, because reading some 300 authorities takes 10 ms.
  const made = new Map<string, tls.SecureContext>();
  return {
    secureContext(host) {
      const { authorities: added, oldVersions } = trustFor(host);
      const key = `${oldVersions}\n${added.join('\n')}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      if (made.size >= mostContexts) made.clear();
      const context = (oldVersions ? contextOfOld : tls.createSecureContext)({
        ca: [...systemAuthorities(), ...extraCertificates, ...added],
        // TLS 1.0 and 1.1 are withdrawn (RFC 8996).
        minVersion: 'TLSv1.2',
        // Whoever adds an authority that is itself signed by another trusts that one and need not have its root.
        allowPartialTrustChain: added.length > 0,
      });
      made.set(key, context);
      return context;
    },
  };
}

/** OpenSSL 3 has the old versions at its lowest level alone, and with them short keys and SHA-1; BoringSSL (Electron) knows no levels and has them anyway. */
function contextOfOld(options: tls.SecureContextOptions): tls.SecureContext {
  const old = { ...options, minVersion: 'TLSv1' as const };
  try {
    return tls.createSecureContext({ ...old, ciphers: `${tls.DEFAULT_CIPHERS}:@SECLEVEL=0` });
  } catch {
    return tls.createSecureContext(old);
  }
}

/** Where Linux distributions keep the authorities that their administrators trust. */
const linuxBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
];

function systemAuthorities(): readonly string[] {
  // Node knows the stores of Windows and macOS since 22.15; on Linux it is five times slower than the one file.
  const known: (kind: 'system') => string[] =
    process.platform !== 'linux' && 'getCACertificates' in tls ? tls.getCACertificates : () => [];
  const files = process.platform === 'linux' ? linuxBundles : [];
  const named = process.env.NODE_EXTRA_CA_CERTS;
  return [...tls.rootCertificates, ...known('system'), ...[...files, ...(named ? [named] : [])].flatMap(pemOf)];
}

function pemOf(path: string): readonly string[] {
  try {
    return [readFileSync(path, 'utf8')];
  } catch {
    // Each distribution has one of them.
    return [];
  }
}

/**
 * How to start TLS towards an endpoint. Node itself refuses nobody: `refusalOf` decides, because only it knows a pinned certificate and only so
 * a refused certificate can be shown. It must be asked before anything secret is sent.
 */
export function tlsOptions(endpoint: Endpoint, trust: Trust): tls.ConnectionOptions {
  return {
    host: endpoint.host,
    // RFC 6066, section 3: no addresses in SNI.
    ...(isIP(endpoint.host) === 0 ? { servername: endpoint.host } : {}),
    secureContext: trust.secureContext(endpoint.host),
    rejectUnauthorized: false,
  };
}

/** The cause of a refusal, with the certificate that a person may accept on purpose. */
export class RefusedCertificate extends Error {
  override readonly name = 'RefusedCertificate';
  readonly certificate: X509Certificate;

  constructor(reason: string, certificate: X509Certificate) {
    super(reason);
    this.certificate = certificate;
  }
}

const certificates = new WeakMap<tls.TLSSocket, X509Certificate>();

/** Node (20 and 24) hands the certificate out once and has none when asked again. */
export function certificateOf(socket: tls.TLSSocket): X509Certificate | undefined {
  const certificate = certificates.get(socket) ?? socket.getPeerX509Certificate();
  if (certificate !== undefined) certificates.set(socket, certificate);
  return certificate;
}

const acceptedAt = new WeakMap<Endpoint, X509Certificate>();

/** The last certificate that was good enough for this endpoint: the object that the connection was opened with, not its like. */
export function certificateAcceptedAt(endpoint: Endpoint): X509Certificate | undefined {
  return acceptedAt.get(endpoint);
}

/** Why the server at the other end of a finished handshake must not be talked to, or null. */
export function refusalOf(socket: tls.TLSSocket, endpoint: Endpoint): AppError | null {
  const certificate = certificateOf(socket);
  if (certificate === undefined) return new AppError('tls.failed', placeOf(endpoint));
  const refuse = (code: ErrorCode, reason: string): AppError =>
    new AppError(code, placeOf(endpoint), { cause: new RefusedCertificate(reason, certificate) });
  if (endpoint.pinnedCertificate !== null) {
    // Exactly this one: neither its end nor its names matter, a person has looked at it.
    return fingerprintOf(certificate) === endpoint.pinnedCertificate
      ? null
      : refuse('tls.certificate-changed', 'another certificate than the accepted one');
  }
  // Chain and name, both checked by Node; the name only because no session is ever resumed here.
  if (socket.authorized) {
    acceptedAt.set(endpoint, certificate);
    return null;
  }
  // A code by its type, an Error by its documentation.
  const cause: unknown = socket.authorizationError;
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return refuse(lineErrorCode(reason) ?? 'tls.certificate-untrusted', reason);
}

/**
 * A TLS socket, over `over` or a new line, that calls `onSecure` once the server is the right one, and is destroyed with the refusal otherwise.
 */
export function secureSocket(
  endpoint: Endpoint,
  trust: Trust,
  { over, onSecure }: { readonly over?: Socket; readonly onSecure: (socket: tls.TLSSocket) => void },
): tls.TLSSocket {
  const line = over === undefined ? { port: endpoint.port } : { socket: over };
  const socket = tls.connect({ ...tlsOptions(endpoint, trust), ...line });
  socket.once('secureConnect', () => {
    const refusal = refusalOf(socket, endpoint);
    if (refusal === null) onSecure(socket);
    else socket.destroy(refusal);
  });
  return socket;
}

/** TLS with whoever is there, for a look at what he says first. Nothing secret may go over it, and nothing that comes is believed. */
export function unjudgedSocket(endpoint: Endpoint): tls.TLSSocket {
  const servername = isIP(endpoint.host) === 0 ? { servername: endpoint.host } : {};
  return tls.connect({ ...placeOf(endpoint), ...servername, rejectUnauthorized: false });
}

/** The same over a line that is there, as it is spoken with a host for which old versions are allowed. */
export function unjudgedOldSocket(endpoint: Endpoint, over: Socket): tls.TLSSocket {
  const servername = isIP(endpoint.host) === 0 ? { servername: endpoint.host } : {};
  const secureContext = contextOfOld({});
  return tls.connect({ socket: over, secureContext, ...servername, rejectUnauthorized: false });
}

/** As it is stored: lower hex without colons. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}

/** What each sentence about a connection names. */
export function placeOf({ host, port }: Endpoint): { readonly host: string; readonly port: number } {
  return { host, port };
}
