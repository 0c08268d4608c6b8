import type { Afterwards } from '../../src-shared/domain/mailbox.ts';
import { type NamedFolder, typedPath } from '../../src-shared/domain/typed-folders.ts';

/** Folders to move to as the server spells them, whatever stood between their levels. */
export function spellTargets(afterwards: Afterwards, folders: readonly NamedFolder[]): Afterwards {
  if (afterwards.kind !== 'move') return afterwards;
  const { done, failed } = afterwards;
  return { ...afterwards, done: typedPath(done, folders), failed: failed === null ? null : typedPath(failed, folders) };
}
