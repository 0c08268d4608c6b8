import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { readAuthorities } from '../../../../src-main/trust/read-authorities.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';
import { createCertificates } from '../../../support/certificates.ts';
import { issueCertificate } from '../../../support/issue-certificate.ts';
import { temporaryFolder } from '../../../support/open-store.ts';

const folder = temporaryFolder();
afterAll(() => folder[Symbol.dispose]());
const certificates = createCertificates(folder.path);
const root = { cert: certificates.caFile, key: certificates.caFile.replace(/pem$/, 'key') };
const isAuthority = ['basicConstraints=critical,CA:TRUE'];
const day = 86_400_000;
const issue = (subject: string, from: number, to: number) =>
  issueCertificate(folder.path, subject, {
    ...{ subject, extensions: isAuthority, issuer: root },
    ...{ from: new Date(Date.now() + from * day), to: new Date(Date.now() + to * day) },
  });
const between = issue('between', -1, 20);
const ended = issue('ended', -20, -1);
const notBegun = issue('not-begun', 1, 20);

const bytesOf = (file: string): Buffer => readFileSync(file);
const derOf = (file: string): Buffer => new X509Certificate(bytesOf(file)).raw;
const keyAs = (type: 'pkcs8' | 'sec1', passphrase?: string): Buffer => {
  const key = createPrivateKey(bytesOf(root.key));
  if (type === 'sec1') return key.export({ type, format: 'der' });
  return key.export({ type, format: 'der', ...(passphrase ? { cipher: 'aes-256-cbc', passphrase } : {}) });
};
function codeOf(file: Uint8Array): string {
  try {
    return `read: ${readAuthorities(file, Date.now()).length}`;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

test('PEM gives each authority of a chain, and nothing of what stands around it; DER gives one', () => {
  const chain = Buffer.concat([Buffer.from('subject=/CN=whoever\n'), bytesOf(between.cert), bytesOf(root.cert)]);
  const read = readAuthorities(chain, Date.now());
  expect(read.map(({ subject }) => subject)).toEqual(['CN=between', 'CN=Mailroom test authority']);
  expect(read[0]?.issuer).toBe('CN=Mailroom test authority');
  expect(read[0]?.pem).toMatch(/^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n$/);
  const [same] = readAuthorities(derOf(root.cert), Date.now());
  expect(same).toEqual(read[1]);
  expect(same?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, () => Uint8Array, string]>([
  ['nothing', () => Buffer.alloc(0), 'authority.unreadable'],
  ['a text', () => Buffer.from('our certificate, as agreed'), 'authority.unreadable'],
  ['a file without end', () => Buffer.alloc(300_000, 'x'), 'authority.unreadable'],
  [
    'half of a chain',
    () => Buffer.concat([bytesOf(root.cert), bytesOf(between.cert).subarray(0, 200)]),
    'authority.unreadable',
  ],
  [
    'a request',
    () => Buffer.from('-----BEGIN CERTIFICATE REQUEST-----\nMA==\n-----END CERTIFICATE REQUEST-----\n'),
    'authority.unreadable',
  ],
  [
    'a key after its certificate',
    () => Buffer.concat([bytesOf(root.cert), bytesOf(root.key)]),
    'authority.private-key',
  ],
  ['a key as PKCS #8', () => keyAs('pkcs8'), 'authority.private-key'],
  ['a key under a passphrase', () => keyAs('pkcs8', 'secret'), 'authority.private-key'],
  ['a key of its old form', () => keyAs('sec1'), 'authority.private-key'],
  ['PKCS #12', () => Buffer.from('3082040002010330820400', 'hex'), 'authority.private-key'],
  ['the certificate of a server', () => bytesOf(certificates.valid.cert), 'authority.not-ca'],
  [
    'the full chain of a server',
    () => Buffer.concat([bytesOf(certificates.valid.cert), bytesOf(root.cert)]),
    'authority.not-ca',
  ],
  ['an authority that has ended', () => bytesOf(ended.cert), 'authority.out-of-date'],
  ['an authority that has not begun', () => bytesOf(notBegun.cert), 'authority.out-of-date'],
  ['an authority', () => bytesOf(root.cert), 'read: 1'],
])('%s', (_what, file, code) => {
  expect(codeOf(file())).toBe(code);
});
