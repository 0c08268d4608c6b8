import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { HostPattern } from '../../../src-shared/domain/host-pattern.ts';
import type { OldEncryption } from '../../../src-shared/domain/old-encryption.ts';
import type { KeptAuthority, NewAuthority, trustRowsContract } from '../api/trust.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

export function trustRowHandlers(db: WritableDb): Handlers<typeof trustRowsContract> {
  return {
    'authorities.list': async () => listAuthorities(db),
    'authorities.put': async ({ host, authorities, now }) =>
      db.transaction(() => {
        for (const authority of authorities) putAuthority(db, host, authority, now);
        const names = new Set(authorities.map(({ sha256 }) => sha256));
        return listAuthorities(db).filter((kept) => kept.host === host && names.has(kept.sha256));
      }),
    'oldEncryption.list': async () => listOldEncryption(db),
    'oldEncryption.put': async ({ host, allowedAt }) => {
      db.run(
        'INSERT INTO old_encryption (host, allowed_at) VALUES (?, ?) ON CONFLICT (host) DO NOTHING',
        ...[host, allowedAt],
      );
      return listOldEncryption(db).find((one) => one.host === host) ?? { host, allowedAt };
    },
    'oldEncryption.remove': async ({ host }) => void db.run('DELETE FROM old_encryption WHERE host = ?', host),
    'authorities.remove': async ({ authorityId }) => void db.run('DELETE FROM authority WHERE id = ?', authorityId),
  };
}

function listAuthorities(db: ReadableDb): KeptAuthority[] {
  return db.all(
    `SELECT id, host, sha256, subject, issuer, valid_from AS validFrom, valid_to AS validTo, added_at AS addedAt, pem
     FROM authority ORDER BY host, valid_to, id`,
  );
}

function listOldEncryption(db: ReadableDb): OldEncryption[] {
  return db.all('SELECT host, allowed_at AS allowedAt FROM old_encryption ORDER BY host');
}

function putAuthority(db: WritableDb, host: HostPattern, authority: NewAuthority, now: number): void {
  db.run(
    `INSERT INTO authority (host, sha256, subject, issuer, valid_from, valid_to, added_at, pem)
     VALUES (:host, :sha256, :subject, :issuer, :validFrom, :validTo, :now, :pem) ON CONFLICT (host, sha256) DO NOTHING`,
    ...[{ ...authority, host, now }],
  );
}
