import { type Folder, type FolderRole, isLoadedUnasked } from '../../src-shared/domain/folder.ts';
import { type Afterwards, type LoadingSettings, moveTargets } from '../../src-shared/domain/mailbox.ts';

/** What a choice of folders needs to know of each; server folders and stored ones both have it. */
export interface ChoosableFolder {
  readonly path: string;
  readonly name: string;
  readonly separator: string;
  readonly role: FolderRole | null;
  readonly selectable?: boolean;
  readonly namespace?: Folder['namespace'];
  readonly prefix?: Folder['prefix'];
}

/** Which folders are loaded: the ticked ones, or all that mail comes to, with the ticked ones of the system. */
export interface FolderChoice {
  readonly which: LoadingSettings['folders'];
  /** Paths. */
  readonly ticked: readonly string[];
}

/** Paths of the folders that a choice loads. What was moved away after processing is not loaded again unless somebody ticks it. */
export function loadedPaths(
  folders: readonly ChoosableFolder[],
  { which, ticked }: FolderChoice,
  afterwards: Afterwards,
): readonly string[] {
  const targets = moveTargets(afterwards);
  const unasked = (folder: ChoosableFolder) =>
    which === 'all' && isLoadedUnasked(folder) && !targets.includes(folder.path);
  return folders.filter((folder) => ticked.includes(folder.path) || unasked(folder)).map(({ path }) => path);
}

/** What people file mail into by hand is theirs to tick; the inbox is what everyone means by "mail". */
export function firstTicks(folders: readonly ChoosableFolder[]): readonly string[] {
  const inbox = folders.find(({ role }) => role === 'inbox');
  return inbox ? [inbox.path] : [];
}

export function nestedIn(folders: readonly ChoosableFolder[], parent: ChoosableFolder): readonly ChoosableFolder[] {
  if (parent.separator === '') return [];
  const prefix = parent.path + parent.separator;
  return folders.filter(({ path }) => path.startsWith(prefix));
}

/** D11: the folder itself and each folder below it, one tick each. */
export function withNested(
  folders: readonly ChoosableFolder[],
  parent: ChoosableFolder,
  ticked: readonly string[],
): readonly string[] {
  const branch = [parent, ...nestedIn(folders, parent)].filter(({ selectable }) => selectable !== false);
  return [...new Set([...ticked, ...branch.map(({ path }) => path)])];
}

export function depthOf({ path, separator }: ChoosableFolder): number {
  return separator === '' ? 0 : path.split(separator).length - 1;
}

/** One's own, then other users', then everybody's. */
const placeOf = ({ namespace }: ChoosableFolder): number =>
  namespace === undefined ? 0 : namespace === 'others' ? 1 : 2;

/** The inbox first, then as the server orders them, parents before their children; what is not the mailbox's own last. */
export function inReadingOrder<F extends ChoosableFolder>(folders: readonly F[]): readonly F[] {
  const key = ({ path, separator }: F) => (separator === '' ? path : path.split(separator).join('\u0000'));
  return [...folders].sort(
    (a, b) =>
      Number(b.role === 'inbox') - Number(a.role === 'inbox') ||
      placeOf(a) - placeOf(b) ||
      key(a).localeCompare(key(b)),
  );
}
