import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** PEM files of one certificate and its key. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface TestCertificates {
  /** The authority that signed all but `selfSigned`: a client that trusts it accepts `valid`. */
  readonly caFile: string;
  readonly caPem: string;
  readonly valid: CertificateFiles;
  /** Ended yesterday. */
  readonly expired: CertificateFiles;
  /** Names only mail.elsewhere.test. */
  readonly otherName: CertificateFiles;
  readonly selfSigned: CertificateFiles;
  /** Of RSA keys, as applications prove themselves with. */
  readonly rsa: CertificateFiles;
  readonly otherRsa: CertificateFiles;
}

const here = 'DNS:localhost,IP:127.0.0.1';

/** Makes an authority and its certificates as files in `dir`; needs the openssl program. */
export function createCertificates(dir: string): TestCertificates {
  mkdirSync(dir, { recursive: true });
  // Dovecot's processes read them under another user.
  chmodSync(dir, 0o755);
  const ca = rootCertificate(dir, 'authority', ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign,cRLSign']);
  return {
    caFile: ca.cert,
    caPem: readFileSync(ca.cert, 'utf8'),
    valid: signedCertificate(dir, 'valid', { ca, names: here, days: 30 }),
    // openssl takes no date further back than a day.
    expired: signedCertificate(dir, 'expired', { ca, names: here, days: -1 }),
    otherName: signedCertificate(dir, 'other-name', { ca, names: 'DNS:mail.elsewhere.test', days: 30 }),
    selfSigned: rootCertificate(dir, 'self-signed', [`subjectAltName=${here}`]),
    rsa: applicationCertificate(dir, 'rsa'),
    otherRsa: applicationCertificate(dir, 'other-rsa'),
  };
}

function rootCertificate(dir: string, name: string, extensions: readonly string[]): CertificateFiles {
  const files = filesOf(dir, name);
  const added = extensions.flatMap((extension) => ['-addext', extension]);
  const request = ['req', '-x509', ...newKey(files), '-days', '30', '-subj', `/CN=Mailroom test ${name}`];
  openssl([...request, ...added, '-out', files.cert]);
  return files;
}

function applicationCertificate(dir: string, name: string): CertificateFiles {
  const files = filesOf(dir, name);
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', files.key];
  openssl(['req', '-x509', ...key, '-days', '30', '-subj', `/CN=Mailroom test ${name}`, '-out', files.cert]);
  return files;
}

interface Signing {
  readonly ca: CertificateFiles;
  readonly names: string;
  readonly days: number;
}

function signedCertificate(dir: string, name: string, { ca, names, days }: Signing): CertificateFiles {
  const files = filesOf(dir, name);
  const request = join(dir, `${name}.csr`);
  const extensions = join(dir, `${name}.ext`);
  writeFileSync(extensions, `subjectAltName=${names}\n`);
  openssl(['req', ...newKey(files), '-subj', `/CN=Mailroom test ${name}`, '-out', request]);
  const authority = ['-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial'];
  const period = ['-days', String(days)];
  openssl(['x509', '-req', '-in', request, ...authority, ...period, '-extfile', extensions, '-out', files.cert]);
  return files;
}

function filesOf(dir: string, name: string): CertificateFiles {
  return { cert: join(dir, `${name}.pem`), key: join(dir, `${name}.key`) };
}

function newKey(files: CertificateFiles): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key];
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
