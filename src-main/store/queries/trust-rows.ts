import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { HostPattern } from '../../../src-shared/domain/host-pattern.ts';
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
    'authorities.remove': async ({ authorityId }) => void db.run('DELETE FROM authority WHERE id = ?', authorityId),
  };
}

function listAuthorities(db: ReadableDb): KeptAuthority[] {
  return db.all(
    `SELECT id, host, sha256, subject, issuer, valid_from AS validFrom, valid_to AS validTo, added_at AS addedAt, pem
     FROM authority ORDER BY host, valid_to, id`,
  );
}

function putAuthority(db: WritableDb, host: HostPattern, authority: NewAuthority, now: number): void {
  db.run(
    `INSERT INTO authority (host, sha256, subject, issuer, valid_from, valid_to, added_at, pem)
     VALUES (:host, :sha256, :subject, :issuer, :validFrom, :validTo, :now, :pem) ON CONFLICT (host, sha256) DO NOTHING`,
    ...[{ ...authority, host, now }],
  );
}
