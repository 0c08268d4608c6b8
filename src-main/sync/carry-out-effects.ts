import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { errorCodes } from '../../src-shared/errors/codes.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import { type ChangeableFolder, type IncomingConnector, noRefusals, type Refusals } from '../connectors/connectors.ts';
import type { Logger } from '../logs/logs.ts';
import type { DueEffect, EffectEnd } from '../store/api/ledger.ts';
import type { Store } from '../store/store.ts';
import { findCopies } from './find-copies.ts';
import { groupEffects } from './group-effects.ts';

export interface EffectsParts {
  readonly store: Pick<Store, 'call'>;
  readonly connector: IncomingConnector;
  readonly now: () => number;
  /** Folders to move to that are missing are made. */
  readonly createFolders: boolean;
  readonly log: Logger;
}

export interface CarriedOut {
  readonly done: number;
  readonly failed: number;
}

/** One command for so many letters. */
const atATime = 100;

/**
 * Does on the server what was recorded with the outcomes: each change is committed as being done before the server is told, and its end afterwards. What a lost line or a
 * crash interrupts stays `doing` and is looked at before it is done again.
 */
export async function carryOutEffects(
  mailboxId: MailboxId,
  parts: EffectsParts,
  signal: AbortSignal,
): Promise<CarriedOut> {
  const total = { done: 0, failed: 0 };
  const seen = new Set<number>();
  for (;;) {
    // What could not be begun this time is not asked about again within one pass.
    const due = (await dueOf(parts, mailboxId)).filter(({ effectId }) => !seen.has(effectId));
    if (due.length === 0) return total;
    for (const group of groupEffects(due, atATime)) {
      for (const { effectId } of group) seen.add(effectId);
      const { done, failed } = await carryOutGroup(group, parts, signal);
      total.done += done;
      total.failed += failed;
    }
  }
}

function dueOf({ store, now }: EffectsParts, mailboxId: MailboxId): Promise<readonly DueEffect[]> {
  return store.call('effects.due', { mailboxId, now: now(), limit: 1000 });
}

async function carryOutGroup(group: readonly DueEffect[], parts: EffectsParts, signal: AbortSignal) {
  const { store, now, log } = parts;
  const end = async (effects: readonly DueEffect[], state: EffectEnd['state'], problem: WireError | null) => {
    const ends = effects.map(({ effectId }) => ({ effectId, state, problem, notBefore: null }));
    if (ends.length > 0) await store.call('effects.end', { ends, at: now() });
  };
  const [first] = group;
  if (first === undefined) return { done: 0, failed: 0 };
  const endFailed = async (effects: readonly DueEffect[], error: AppError) => {
    log.warn('effects failed', { folder: first.folderPath, code: error.code, count: effects.length });
    await end(effects, 'failed', toWire(error));
  };
  try {
    const folder = await parts.connector.openForChange(first.folderPath, signal);
    if (folder.uidValidity !== first.uidValidity) {
      // The numbers mean other letters by now; what was met again under a new one has its effect there.
      await end(group, 'gone', null);
      return { done: 0, failed: 0 };
    }
    const { effectIds } = await store.call('effects.begin', { effectIds: group.map(({ effectId }) => effectId) });
    const begun = group.filter(({ effectId }) => effectIds.includes(effectId));
    const { present, done, gone } = await sortOut(folder, begun, signal);
    await end(done, 'done', null);
    await end(gone, 'gone', null);
    const refusals = await change(folder, present, parts, signal);
    await end(
      present.filter(({ uid }) => !refusals.has(uid)),
      'done',
      null,
    );
    for (const effect of present) {
      const refusal = refusals.get(effect.uid);
      if (refusal) await endFailed([effect], refusal);
    }
    return { done: begun.length - refusals.size, failed: refusals.size };
  } catch (error) {
    if (!isFinal(error)) throw error;
    await endFailed(group, error);
    return { done: 0, failed: group.length };
  }
}

/** Which letters are there to be changed, which were changed before a line broke, and of which nothing is known any more. */
async function sortOut(folder: ChangeableFolder, effects: readonly DueEffect[], signal: AbortSignal) {
  const uids = effects.map(({ uid }) => uid);
  const there = await folder.present(uids, signal);
  const found = effects.filter(({ uid }) => there.has(uid));
  const strangers = effects[0]?.kind === 'delete' ? await folder.strangers?.(found, signal) : undefined;
  const away = effects.filter(({ uid }) => !there.has(uid));
  return {
    present: found.filter(({ uid }) => !strangers?.has(uid)),
    done: away.filter(({ begun }) => begun),
    // A stranger under its number says nothing of what became of the letter: where that is met again, what was to be done about it goes on.
    gone: effects.filter(({ uid, begun }) => (there.has(uid) ? strangers?.has(uid) === true : !begun)),
  };
}

/** The server's no, which asking again does not change; anything else is a matter of the line, or ours. */
function isFinal(error: unknown): error is AppError {
  return isAppError(error) && errorCodes[error.code].retry !== 'backoff' && error.code !== 'cancelled';
}

async function change(
  folder: ChangeableFolder,
  effects: readonly DueEffect[],
  parts: EffectsParts,
  signal: AbortSignal,
): Promise<Refusals> {
  const uids = effects.map(({ uid }) => uid);
  const [first] = effects;
  if (first === undefined) return noRefusals;
  if (first.kind === 'delete') return folder.delete(uids, signal);
  if (first.kind === 'mark-read') await folder.markRead(uids, signal);
  else await move(folder, effects, parts, signal);
  return noRefusals;
}

/** Also one that was refused: the copy may have been made before. */
const wasTried = ({ begun, attempts }: DueEffect): boolean => begun || attempts > 0;

async function move(
  source: ChangeableFolder,
  effects: readonly DueEffect[],
  { connector, createFolders }: EffectsParts,
  signal: AbortSignal,
): Promise<void> {
  const target = effects[0]?.target ?? '';
  const tried = source.movesAtOnce ? [] : effects.filter(wasTried);
  const interrupted = tried.length > 0;
  const copied = interrupted ? await findCopies(connector, source.path, tried, signal) : new Set<number>();
  const uids = effects.map(({ uid }) => uid).filter((uid) => !copied.has(uid));
  const folder = interrupted ? await connector.openForChange(source.path, signal) : source;
  // The copy is there: what is left of the move is that the letter leaves.
  if (copied.size > 0) await folder.delete([...copied], signal);
  if (uids.length === 0) return;
  try {
    await folder.move(uids, target, signal);
  } catch (error) {
    if (!createFolders || !isAppError(error, 'folder.gone')) throw error;
    await connector.createFolder(target, signal);
    const again = await connector.openForChange(folder.path, signal);
    await again.move(uids, target, signal);
  }
}
