import { isAppError } from '../../../src-shared/errors/errors.ts';
import { deleteLetters } from './delete-letters.ts';
import { responseCodeOf } from './errors.ts';
import { forEachSet } from './for-each-set.ts';
import { isListed } from './listed-folder.ts';
import { goneFolder } from './select-folder.ts';
import {
  type Command,
  type CommandAnswer,
  codeOf,
  offers,
  sendCommand,
  setOf,
  type Token,
  textOf,
  unsupported,
  wirePath,
} from './send-command.ts';
import type { Session } from './session.ts';
import { uidSets, uidsOf } from './uid-set.ts';

export interface Move {
  readonly uids: readonly number[];
  readonly target: string;
}

/** UIDs in the target by UIDs here. */
type Moved = ReadonlyMap<number, number>;
type Way = (session: Session, move: Move, signal: AbortSignal) => Promise<Moved>;

export async function moveLetters(session: Session, move: Move, signal: AbortSignal): Promise<Moved> {
  return wayToMove(session)(session, move, signal);
}

function wayToMove(session: Session): Way {
  if (offers(session, 'MOVE')) return moveAtOnce;
  // A plain EXPUNGE after COPY would take out what others have marked.
  if (offers(session, 'UIDPLUS')) return copyAndDelete;
  throw unsupported(session, 'MOVE, UIDPLUS');
}

const moveAtOnce: Way = async (session, { uids, target }, signal) => {
  const moved = new Map<number, number>();
  const move = async (set: string): Promise<void> => {
    const answer = await intoTarget(session, 'UID MOVE', { set, target }, signal);
    for (const [from, to] of movedBy(answer) ?? []) moved.set(from, to);
  };
  await forEachSet(session, uids, move, signal);
  return moved;
};

const copyAndDelete: Way = async (session, { uids, target }, signal) => {
  const moved = new Map<number, number>();
  for (const part of uidSets(uids)) {
    const copied: number[] = [];
    const copy = async (set: string): Promise<void> => {
      const pairs = movedBy(await intoTarget(session, 'UID COPY', { set, target }, signal));
      // Only what the server says it has copied is deleted; where it does not say, COPY is all or nothing (RFC 3501, 6.4.7).
      for (const uid of uidsOf(set) ?? []) if (pairs === null || pairs.has(uid)) copied.push(uid);
      for (const [from, to] of pairs ?? []) moved.set(from, to);
    };
    await forEachSet(session, Array.from(uidsOf(part) ?? []), copy, signal);
    // By itself: a refusal here must not be answered by copying once more.
    await deleteLetters(session, copied, signal);
  }
  return moved;
};

async function intoTarget(
  session: Session,
  name: 'UID MOVE' | 'UID COPY',
  { set, target }: { readonly set: string; readonly target: string },
  signal: AbortSignal,
): Promise<CommandAnswer> {
  const command: Command = { name, attributes: [setOf(set), wirePath(session, target)], wanted: ['OK'] };
  try {
    return await sendCommand(session, command, signal);
  } catch (error) {
    if (isAppError(error, 'folder.gone')) throw goneFolder(session, target, error.cause);
    // Not all servers say TRYCREATE; one that says something else means it.
    const unexplained = isAppError(error, 'server.refused') && responseCodeOf(error) === undefined;
    const missing = unexplained && !(await isListed(session, target, signal));
    throw missing ? goneFolder(session, target, error.cause) : error;
  }
}

/** COPYUID (RFC 4315), which MOVE says before its end (RFC 6851). Null where the server does not say it. */
function movedBy({ untagged, code }: CommandAnswer): Moved | null {
  const said = [...untagged.map(codeOf), code].find(([name]) => textOf(name)?.toUpperCase() === 'COPYUID');
  if (said === undefined) return null;
  const [, , from, to] = said.map((token: Token) => uidsOf(textOf(token) ?? '') ?? new Uint32Array());
  const pairs = from?.length === to?.length ? Array.from(from ?? [], (uid, at) => [uid, to?.[at] ?? 0] as const) : [];
  return pairs.length === 0 ? null : new Map(pairs);
}
