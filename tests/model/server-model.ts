import { type Change, type CopyId, contentKey } from './changes.ts';
import type { ModelLetter } from './letters.ts';
import { isTicked, type ModelMailbox } from './scope.ts';

export interface Copy {
  readonly id: CopyId;
  readonly serial: number;
  readonly user: string;
  readonly folder: string;
  readonly seen: boolean;
  readonly flagged: boolean;
  /** Number of the change since which it lies where it lies. */
  readonly since: number;
  /** The console has done to it what the mailbox asks for; it must not do so again. */
  readonly effectDone: boolean;
  /** Since the last comparison it lay in a ticked folder while a pass ran: what is asked for may have been done to it, wherever it has gone since. */
  readonly withinReach: boolean;
}

/** What must be true of the server, and what the console owes. Changed in place by the functions below, which do nothing else. */
export interface ServerModel {
  readonly mailboxes: ReadonlyMap<string, ModelMailbox>;
  readonly letters: Map<number, ModelLetter>;
  readonly copies: Map<CopyId, Copy>;
  /** Contents that were in a ticked folder at some time: the console may have them. */
  readonly mayHave: Set<string>;
  /** Contents that lay in a ticked folder throughout a pass that ended well: the console must have them. */
  readonly mustHave: Set<string>;
  changes: number;
  /** Between `passBegins` and `passEnds`. */
  passing: boolean;
}

export function createServerModel(mailboxes: readonly ModelMailbox[]): ServerModel {
  return {
    mailboxes: new Map(mailboxes.map((mailbox) => [mailbox.user, mailbox])),
    letters: new Map(),
    copies: new Map(),
    mayHave: new Set(),
    mustHave: new Set(),
    changes: 0,
    passing: false,
  };
}

/** False where a letter that it is about is not there: the console has moved it, or the change that brought it was left out. */
export function isPossible(model: ServerModel, change: Change): boolean {
  switch (change.kind) {
    case 'arrive':
      return true;
    case 'renumber':
      return !hasUnlikeTwins(model, change.user, change.folder);
    case 'copy': {
      const from = model.copies.get(change.from);
      return from !== undefined && from.folder !== change.folder;
    }
    case 'move': {
      const copy = model.copies.get(change.copy);
      return copy !== undefined && copy.folder !== change.folder;
    }
    default:
      return model.copies.has(change.copy);
  }
}

/** The same letter twice in one folder, with different marks: after a renumbering nobody could tell which was which. */
function hasUnlikeTwins(model: ServerModel, user: string, folder: string): boolean {
  const marks = new Map<number, string>();
  for (const copy of model.copies.values()) {
    if (copy.user !== user || copy.folder !== folder) continue;
    const own = `${copy.seen} ${copy.flagged} ${copy.effectDone}`;
    if ((marks.get(copy.serial) ?? own) !== own) return true;
    marks.set(copy.serial, own);
  }
  return false;
}

/** Of a change that is possible. */
export function applyChange(model: ServerModel, change: Change): void {
  model.changes += 1;
  switch (change.kind) {
    case 'arrive':
      for (const { letter, places } of change.letters) {
        model.letters.set(letter.serial, letter);
        for (const { copy, user, folder } of places) put(model, fresh(model, { id: copy, ...letter, user, folder }));
      }
      return;
    case 'copy': {
      // Marks are copied too, also one that the console has set and that nobody has compared yet.
      const { serial, user, seen, flagged, withinReach } = copyOf(model, change.from);
      const made = fresh(model, { id: change.copy, serial, user, folder: change.folder });
      put(model, { ...made, seen, flagged, withinReach });
      return;
    }
    case 'move':
      put(model, { ...copyOf(model, change.copy), folder: change.folder, since: model.changes });
      return;
    case 'delete':
      model.copies.delete(change.copy);
      return;
    case 'flag': {
      const mark = change.flag === '\\Seen' ? { seen: change.set } : { flagged: change.set };
      put(model, { ...copyOf(model, change.copy), ...mark });
      return;
    }
    case 'renumber':
      for (const copy of model.copies.values())
        if (copy.user === change.user && copy.folder === change.folder) put(model, { ...copy, since: model.changes });
  }
}

export function passBegins(model: ServerModel): void {
  model.passing = true;
  for (const copy of model.copies.values()) put(model, copy);
}

export function passEnds(model: ServerModel): void {
  model.passing = false;
}

/** A pass over a mailbox has ended well that began after so many changes: what has lain still since then must be in the store. */
export function passCompleted(model: ServerModel, user: string, begunAfter: number): void {
  for (const copy of model.copies.values())
    if (copy.user === user && isLoaded(model, copy) && copy.since <= begunAfter)
      model.mustHave.add(contentKey(user, copy.serial));
}

/** Does it lie where the console is to load from? */
export function isLoaded(model: ServerModel, { user, folder }: Pick<Copy, 'user' | 'folder'>): boolean {
  const mailbox = model.mailboxes.get(user);
  return mailbox !== undefined && isTicked(mailbox, folder);
}

export function put(model: ServerModel, copy: Copy): void {
  const ticked = isLoaded(model, copy);
  model.copies.set(copy.id, { ...copy, withinReach: copy.withinReach || (ticked && model.passing) });
  if (ticked) model.mayHave.add(contentKey(copy.user, copy.serial));
}

export function copyOf(model: ServerModel, id: CopyId): Copy {
  const copy = model.copies.get(id);
  if (copy === undefined) throw new Error(`copy ${id} is not on the server`);
  return copy;
}

function fresh(model: ServerModel, at: Pick<Copy, 'id' | 'serial' | 'user' | 'folder'>): Copy {
  const { id, serial, user, folder } = at;
  const untouched = { seen: false, flagged: false, effectDone: false, withinReach: false };
  return { id, serial, user, folder, ...untouched, since: model.changes };
}
