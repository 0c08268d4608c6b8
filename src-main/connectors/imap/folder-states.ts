import type { ImapCompileNode } from 'imapflow/lib/handler/types.js';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderState } from '../connectors.ts';
import type { ImapFailure } from './errors.ts';
import { atom, offers, sendCommand, wirePath } from './send-command.ts';
import type { Session } from './session.ts';
import { stateIn, statusIn } from './status-answer.ts';

export interface FolderStates {
  readonly states: ReadonlyMap<string, FolderState>;
  readonly roundTrips: number;
}

type States = Map<string, FolderState>;

/** RFC 7162, section 4, asks servers to take 8192 bytes; the command around the names needs some of it. */
const longestNames = 7_000;

export async function folderStates(
  session: Session,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<FolderStates> {
  const before = session.roundTrips();
  const states: States =
    (offers(session, 'LIST-STATUS') ? await statesListed(session, paths, signal) : null) ??
    (await statesAsked(session, paths, signal));
  return { states, roundTrips: session.roundTrips() - before };
}

/** Null where the server does not know the command that it offers. */
async function statesListed(session: Session, paths: readonly string[], signal: AbortSignal): Promise<States | null> {
  const states: States = new Map();
  if (paths.length === 0) return states;
  const wanted = new Set(paths);
  const listing = {
    name: 'LIST',
    attributes: ['', patternsFor(session, paths), atom('RETURN'), [atom('STATUS'), itemsFor(session)]],
    // LIST itself is taken too: the names are known, and the library has nothing to do with them here.
    wanted: ['LIST', 'STATUS'],
  };
  try {
    const { untagged } = await sendCommand(session, listing, signal);
    for (const answer of untagged.filter(({ command }) => command?.toUpperCase() === 'STATUS')) {
      const status = statusIn(session, answer);
      const state = stateIn(status);
      const path = wanted.has(status.path) ? status.path : inboxAmong(paths, status.path);
      if (path !== undefined && state !== null) states.set(path, state);
    }
    return states;
  } catch (error) {
    if (isUnknownCommand(error)) return null;
    throw error;
  }
}

async function statesAsked(session: Session, paths: readonly string[], signal: AbortSignal): Promise<States> {
  const states: States = new Map();
  for (const path of paths) {
    const asking = { name: 'STATUS', attributes: [wirePath(session, path), itemsFor(session)], wanted: ['STATUS'] };
    try {
      const { untagged } = await sendCommand(session, asking, signal);
      const [state] = untagged.map((answer) => stateIn(statusIn(session, answer)));
      if (state) states.set(path, state);
    } catch (error) {
      if (!isAppError(error, 'folder.gone') && !isAppError(error, 'server.refused')) throw error;
    }
  }
  return states;
}

/** Only the folders in question where the server takes several patterns (RFC 5258); counting unread letters of hundreds of others costs it time. */
function patternsFor(session: Session, paths: readonly string[]): ImapCompileNode {
  const names = paths.map((path) => wirePath(session, path));
  const length = names.reduce((sum, name) => sum + name.length + 3, 0);
  return offers(session, 'LIST-EXTENDED') && length <= longestNames ? names : '*';
}

/** HIGHESTMODSEQ makes servers add MODSEQ to flags that they tell unasked (RFC 7162, 3.1); to what is asked for they add nothing. */
function itemsFor(session: Session): ImapCompileNode {
  const modseq = offers(session, 'CONDSTORE') || offers(session, 'QRESYNC') ? ['HIGHESTMODSEQ'] : [];
  return ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN', ...modseq].map(atom);
}

/** The one name whose case does not matter (RFC 3501, 5.1). */
function inboxAmong(paths: readonly string[], path: string): string | undefined {
  return path.toUpperCase() === 'INBOX' ? paths.find((asked) => asked.toUpperCase() === 'INBOX') : undefined;
}

function isUnknownCommand(error: unknown): boolean {
  const cause: unknown = isAppError(error, 'server.protocol') ? error.cause : undefined;
  return cause instanceof Error && (cause as ImapFailure).responseStatus === 'BAD';
}
