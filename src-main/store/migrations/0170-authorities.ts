import type { WritableDb } from '../process/connection.ts';

/** Certificate authorities that a person trusts for one host, besides the system's. */
export function migrate0170(db: WritableDb): void {
  db.exec(`
    CREATE TABLE authority (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- a name, an address, or "*." and a domain
      host TEXT NOT NULL,
      -- of the certificate, lower hex
      sha256 TEXT NOT NULL,
      subject TEXT NOT NULL,
      issuer TEXT NOT NULL,
      valid_from INTEGER NOT NULL,
      valid_to INTEGER NOT NULL,
      added_at INTEGER NOT NULL,
      -- the certificate alone; a key is never kept
      pem TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX authority_once ON authority (host, sha256);
  `);
}
