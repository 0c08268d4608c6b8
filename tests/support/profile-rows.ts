import { readFileSync } from 'node:fs';
import { profilePaths } from '../../src-main/app/paths.ts';
import { openCredentials } from '../../src-main/credentials/credentials.ts';
import { deriveKey, unseal } from '../../src-main/credentials/passphrase-cipher.ts';
import { openForReading } from '../../src-main/store/process/connection.ts';

/** Every row of every table of a closed profile, decrypted, as text; SQLite's own statistics and counters are left out, and how a search index lays out its words. */
export async function rowsByTable(profile: string, passphrase: string): Promise<Readonly<Record<string, string[]>>> {
  const { database, mark, passphraseVault } = profilePaths(profile);
  const credentials = await openCredentials({ database, mark, passphraseVault }, { vault: 'passphrase', passphrase });
  const db = openForReading({ path: database, key: await credentials.databaseKey() });
  try {
    const tables = db.all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT GLOB 'sqlite_*'
         AND name NOT GLOB '*_index_data' AND name NOT GLOB '*_index_idx' ORDER BY name`,
    );
    const rowsOf = (name: string) => db.all<Record<string, unknown>>(`SELECT * FROM "${name}"`).map(asText);
    return Object.fromEntries(tables.map(({ name }) => [name, rowsOf(name)]));
  } finally {
    db.close();
  }
}

const asText = (row: Record<string, unknown>): string =>
  Object.values(row)
    .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
    .join('\n');

/** What the profile's vault has something for. */
export async function secretNames(profile: string, passphrase: string): Promise<readonly string[]> {
  const { format, kdf, sealed } = JSON.parse(readFileSync(profilePaths(profile).passphraseVault, 'utf8'));
  const context = `${format} ${kdf.N} ${kdf.r} ${kdf.p} ${kdf.salt}`;
  return Object.keys(JSON.parse(unseal(await deriveKey(passphrase, kdf), sealed, context))).toSorted();
}
