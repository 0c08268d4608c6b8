import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateFiles } from './certificates.ts';

export interface CertificateWish {
  readonly subject: string;
  /** Lines of an openssl extension section. */
  readonly extensions: readonly string[];
  readonly from: Date;
  readonly to: Date;
  /** Null: by itself. */
  readonly issuer: CertificateFiles | null;
}

/** A certificate with any dates and any issuer; needs the openssl program. */
export function issueCertificate(dir: string, name: string, wish: CertificateWish): CertificateFiles {
  const place = join(dir, name);
  mkdirSync(place, { recursive: true });
  const at = (file: string): string => join(place, file);
  const files = { cert: at('certificate.pem'), key: at('key.pem') };
  writeFileSync(at('index.txt'), '');
  writeFileSync(at('index.txt.attr'), 'unique_subject = no\n');
  writeFileSync(at('extensions'), `${wish.extensions.join('\n')}\n`);
  writeFileSync(
    at('ca.cnf'),
    `[ca]\ndefault_ca=one\n[one]\ndatabase=${at('index.txt')}\nserial=${at('serial')}\nnew_certs_dir=${place}\npolicy=any\ndefault_md=sha256\n[any]\ncommonName=supplied\n`,
  );
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key];
  openssl(['req', ...key, '-subj', `/CN=${wish.subject}`, '-out', at('request.csr')]);
  const dates = ['-startdate', stamp(wish.from), '-enddate', stamp(wish.to)];
  const by =
    wish.issuer === null
      ? ['-selfsign', '-keyfile', files.key]
      : ['-cert', wish.issuer.cert, '-keyfile', wish.issuer.key];
  const asked = ['-batch', '-notext', '-rand_serial', '-config', at('ca.cnf'), '-extfile', at('extensions')];
  openssl(['ca', ...asked, ...by, ...dates, '-in', at('request.csr'), '-out', files.cert]);
  return files;
}

/** YYYYMMDDHHMMSSZ. */
function stamp(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
