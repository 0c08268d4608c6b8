import { type CopyId, contentKey } from './changes.ts';
import type { Findings } from './compare.ts';
import type { ModelMailbox } from './scope.ts';
import type { Copy, ServerModel } from './server-model.ts';
import type { FolderView } from './world.ts';

/** What the console has done on the server, and may. */
export type Effect =
  /** Over POP3, by reading it: that is the server's own doing. */
  | { readonly kind: 'fetched'; readonly copy: CopyId }
  | { readonly kind: 'marked'; readonly copy: CopyId }
  | { readonly kind: 'moved'; readonly copy: CopyId; readonly folder: string; readonly uid: number }
  | { readonly kind: 'removed'; readonly copy: CopyId };

export interface ServerFindings {
  readonly findings: Findings;
  readonly effects: readonly Effect[];
}

/** Every letter is where the model has it, under the number and the marks that it had, but for what its mailbox wants done with it. */
export function compareServer(model: ServerModel, views: readonly FolderView[]): ServerFindings {
  const broken: string[] = [];
  const doubled: string[] = [];
  const effects: Effect[] = [];
  const there = new Map<CopyId, { readonly folder: string; readonly seen: boolean; readonly flagged: boolean }>();
  const unknown = views.flatMap(({ user, folder, unknown }) => unknown.map((letter) => ({ user, folder, ...letter })));
  for (const { folder, copies } of views) for (const [copy, marks] of copies) there.set(copy, { folder, ...marks });
  for (const copy of model.copies.values()) {
    const name = `${contentKey(copy.user, copy.serial)} in ${copy.folder}`;
    const mailbox = model.mailboxes.get(copy.user);
    const found = there.get(copy.id);
    if (found === undefined) {
      const effect = vanished(copy, mailbox, unknown);
      if (effect === null) broken.push(`${name} has left the server or changed its number`);
      else if (copy.effectDone) doubled.push(`${name} was ${effect.kind} a second time`);
      else effects.push(effect);
      continue;
    }
    if (found.flagged !== copy.flagged) broken.push(`${name} has another flag`);
    if (found.seen === copy.seen) continue;
    if (found.seen && mailbox?.protocol === 'pop3' && copy.withinReach) {
      effects.push({ kind: 'fetched', copy: copy.id });
      continue;
    }
    if (!found.seen || mailbox?.afterwards.kind !== 'mark-read' || !mayTouch(model, copy))
      broken.push(`${name} is ${found.seen ? 'read' : 'unread'} now`);
    else if (copy.effectDone) doubled.push(`${name} was marked a second time`);
    else effects.push({ kind: 'marked', copy: copy.id });
  }
  for (const { user, folder, serial } of unknown) broken.push(`${contentKey(user, serial)} is new in ${folder}`);
  return {
    findings: { lost: [], doubled, broken },
    effects: effects.filter((effect) => permitted(model, effect, broken)),
  };
}

/** Takes the place where it was moved to from `unknown`. */
function vanished(
  copy: Copy,
  mailbox: ModelMailbox | undefined,
  unknown: { user: string; folder: string; uid: number; serial: number }[],
): Effect | null {
  if (mailbox?.afterwards.kind === 'delete') return { kind: 'removed', copy: copy.id };
  if (mailbox?.afterwards.kind !== 'move') return null;
  const { done } = mailbox.afterwards;
  const at = unknown.findIndex(
    ({ user, folder, serial }) => user === copy.user && folder === done && serial === copy.serial,
  );
  const [place] = at < 0 ? [] : unknown.splice(at, 1);
  return place === undefined ? null : { kind: 'moved', copy: copy.id, folder: done, uid: place.uid };
}

function permitted(model: ServerModel, effect: Effect, broken: string[]): boolean {
  const copy = model.copies.get(effect.copy);
  if (effect.kind === 'fetched' || (copy !== undefined && mayTouch(model, copy))) return true;
  broken.push(`${copy && contentKey(copy.user, copy.serial)} was ${effect.kind}, and no rule wants that`);
  return false;
}

/** Quarantined letters stay as they are, and so does all that no pass has met in a folder that is loaded. */
function mayTouch(model: ServerModel, copy: Copy): boolean {
  return copy.withinReach && model.letters.get(copy.serial)?.kind === 'customer';
}

/** What the console did is the state of things from now on. A letter that it has removed must be in its store. */
export function adopt(model: ServerModel, effects: readonly Effect[]): void {
  for (const effect of effects) {
    const copy = model.copies.get(effect.copy);
    if (copy === undefined) continue;
    if (effect.kind === 'fetched') {
      // The answer may have been lost on its way: nothing is owed for it yet.
      model.copies.set(copy.id, { ...copy, seen: true });
      continue;
    }
    model.mustHave.add(contentKey(copy.user, copy.serial));
    if (effect.kind === 'removed') model.copies.delete(copy.id);
    else if (effect.kind === 'marked') model.copies.set(copy.id, { ...copy, seen: true, effectDone: true });
    else {
      const { folder } = effect;
      model.copies.set(copy.id, { ...copy, folder, since: model.changes, effectDone: true });
    }
  }
  for (const copy of model.copies.values()) model.copies.set(copy.id, { ...copy, withinReach: false });
}
