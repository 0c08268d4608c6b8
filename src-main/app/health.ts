import type { Health } from '../../src-shared/contract/console.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { Store } from '../store/store.ts';
import type { ProfilePaths } from './paths.ts';

export interface ProgramVersions {
  readonly app: string;
  readonly electron: string | null;
  readonly chromium: string | null;
}

export interface HealthParts {
  readonly store: Store;
  readonly credentials: Credentials;
  readonly paths: ProfilePaths;
  readonly versions: ProgramVersions;
}

/** The program's own health: what runs, whether its vault and its store answer. A part that does not is said, not thrown. */
export async function readHealth({ store, credentials, paths, versions }: HealthParts): Promise<Health> {
  const [database, vaultProblem] = await Promise.all([
    store.call('database.health', undefined).catch((error: unknown) => ({ problem: toWire(error) })),
    credentials.probe().then(
      (): WireError | null => null,
      (error: unknown) => toWire(error),
    ),
  ]);
  const found = 'problem' in database ? null : database;
  const damaged: WireError | null = found && found.check !== 'ok' ? { code: 'store.corrupt', params: {} } : null;
  return {
    version: versions.app,
    electron: versions.electron,
    node: process.versions.node,
    chromium: versions.chromium,
    sqlite: found?.sqlite ?? null,
    schema: found?.schema ?? null,
    storeProcess: store.kind,
    storePath: paths.database,
    storeBytes: found?.bytes ?? null,
    logPath: paths.logs,
    vault: { kind: credentials.kind, problem: vaultProblem },
    storeProblem: 'problem' in database ? database.problem : damaged,
    counts: found && { mailboxes: found.mailboxes, letters: found.letters, tickets: found.tickets },
  };
}
