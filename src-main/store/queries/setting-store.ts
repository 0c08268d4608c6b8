import { defaultSettings, type Settings, settingsSchema } from '../../../src-shared/domain/settings.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

const KEY = 'settings';

/** A setting that an older program did not know has its default. */
export function readSettings(db: ReadableDb): Settings {
  const row = db.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', KEY);
  return settingsSchema.parse({ ...defaultSettings, ...(row ? (JSON.parse(row.value) as object) : {}) });
}

export function putSettings(db: WritableDb, settings: Settings): void {
  db.run(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    ...[KEY, JSON.stringify(settings)],
  );
}

export function listProviderDomains(db: ReadableDb): { domain: string; providerId: string }[] {
  return db.all('SELECT domain, provider_id AS providerId FROM provider_domain ORDER BY domain');
}

export function learnProviderDomain(db: WritableDb, domain: string, providerId: string): void {
  db.run(
    `INSERT INTO provider_domain (domain, provider_id) VALUES (?, ?)
     ON CONFLICT (domain) DO UPDATE SET provider_id = excluded.provider_id`,
    ...[domain.toLowerCase(), providerId],
  );
}
