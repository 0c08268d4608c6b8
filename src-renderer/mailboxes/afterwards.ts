import type { Afterwards } from '../../src-shared/domain/mailbox.ts';
import { type NamedFolder, typedPath } from '../../src-shared/domain/typed-folders.ts';
import type { TextKey } from '../../src-shared/i18n/i18n.ts';

/** A first proposal of each kind. Deletion waits: a rule that was wrong can be seen within a month. */
export const proposals: { readonly [K in Afterwards['kind']]: Extract<Afterwards, { kind: K }> } = {
  leave: { kind: 'leave' },
  'mark-read': { kind: 'mark-read' },
  move: { kind: 'move', done: '', failed: null, create: true },
  delete: { kind: 'delete', afterDays: 30 },
};

/** With the folders' paths as the server spells them. */
export function asOnServer(afterwards: Afterwards, folders: readonly NamedFolder[]): Afterwards {
  if (afterwards.kind !== 'move') return afterwards;
  const failed = afterwards.failed === null ? '' : typedPath(afterwards.failed, folders);
  return { ...afterwards, done: typedPath(afterwards.done, folders), failed: failed === '' ? null : failed };
}

export interface AfterwardsProblems {
  readonly done?: TextKey;
  readonly failed?: TextKey;
}

/** `loaded`: paths that are loaded. A letter moved into one of them would come again as a new one. */
export function problemsOfAfterwards(afterwards: Afterwards, loaded: readonly string[]): AfterwardsProblems {
  if (afterwards.kind !== 'move') return {};
  const { done, failed } = afterwards;
  return {
    ...(done === '' ? { done: 'afterwards.folderMissing' } : {}),
    ...(loaded.includes(done) ? { done: 'afterwards.folderLoaded' } : {}),
    ...(failed !== null && loaded.includes(failed) ? { failed: 'afterwards.folderLoaded' } : {}),
  };
}
