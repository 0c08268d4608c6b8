import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WritableDb } from '../process/connection.ts';
import { migrate0010 } from './0010-mailboxes.ts';
import { migrate0020 } from './0020-letters.ts';
import { migrate0030 } from './0030-search.ts';
import { migrate0040 } from './0040-tickets.ts';
import { migrate0050 } from './0050-outbox.ts';
import { migrate0060 } from './0060-settings.ts';
import { migrate0070 } from './0070-drafts.ts';
import { migrate0080 } from './0080-ledger.ts';
import { migrate0090 } from './0090-effects.ts';
import { migrate0100 } from './0100-uidl.ts';
import { migrate0110 } from './0110-items.ts';
import { migrate0120 } from './0120-dates.ts';
import { migrate0130 } from './0130-submissions.ts';
import { migrate0150 } from './0150-calendar.ts';
import { migrate0160 } from './0160-contacts.ts';
import { migrate0165 } from './0165-namespaces.ts';
import { migrate0170 } from './0170-authorities.ts';
import { migrate0171 } from './0171-old-encryption.ts';
import { migrate0175 } from './0175-switches.ts';
import { migrate0180 } from './0180-moved-mailboxes.ts';
import { migrate0181 } from './0181-letter-counts.ts';
import { migrate0182 } from './0182-search-segments.ts';
import { migrate0190 } from './0190-whole-days.ts';
import { migrate0191 } from './0191-meeting-pictures.ts';
import { migrate0192 } from './0192-contact-lists.ts';
import { migrate0195 } from './0195-folder-hierarchy.ts';
import { migrate0196 } from './0196-prepared-passwords.ts';
import { migrate0197 } from './0197-asked-answers.ts';

export interface Migration {
  readonly version: number;
  readonly run: (db: WritableDb) => void;
}

/** In order, in steps of ten: a fix for a released version can still be slotted in between. Never edited after a release. */
export const migrations: readonly Migration[] = [
  { version: 10, run: migrate0010 },
  { version: 20, run: migrate0020 },
  { version: 30, run: migrate0030 },
  { version: 40, run: migrate0040 },
  { version: 50, run: migrate0050 },
  { version: 60, run: migrate0060 },
  { version: 70, run: migrate0070 },
  { version: 80, run: migrate0080 },
  { version: 90, run: migrate0090 },
  { version: 100, run: migrate0100 },
  { version: 110, run: migrate0110 },
  { version: 120, run: migrate0120 },
  { version: 130, run: migrate0130 },
  { version: 150, run: migrate0150 },
  { version: 160, run: migrate0160 },
  { version: 165, run: migrate0165 },
  { version: 170, run: migrate0170 },
  { version: 171, run: migrate0171 },
  { version: 175, run: migrate0175 },
  { version: 180, run: migrate0180 },
  { version: 181, run: migrate0181 },
  { version: 182, run: migrate0182 },
  { version: 190, run: migrate0190 },
  { version: 191, run: migrate0191 },
  { version: 192, run: migrate0192 },
  { version: 195, run: migrate0195 },
  { version: 196, run: migrate0196 },
  { version: 197, run: migrate0197 },
];

export const newestSchema = migrations.at(-1)?.version ?? 0;

/**
 * All or nothing: a database is either wholly upgraded or exactly as it was. One from a newer program is refused (store.from-future)
 * and not touched. Returns the schema's version.
 */
export function runMigrations(db: WritableDb, steps: readonly Migration[] = migrations): number {
  const newest = steps.at(-1)?.version ?? 0;
  const schema = readVersion(db);
  if (schema > newest) throw new AppError('store.from-future', { schema, newest });
  if (schema === newest) return newest;
  db.transaction(() => {
    for (const step of steps) if (step.version > schema) step.run(db);
    db.exec(`PRAGMA user_version = ${newest}`);
  });
  return newest;
}

function readVersion(db: WritableDb): number {
  return db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
}
