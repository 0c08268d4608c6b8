import { isAppError } from '../../../src-shared/errors/errors.ts';
import { atom, offers, sendCommand, textOf } from './send-command.ts';
import type { Session } from './session.ts';
import { statusIn } from './status-answer.ts';

const listing = {
  name: 'LIST',
  attributes: ['', '*', atom('RETURN'), [atom('STATUS'), [atom('MAILBOXID')]]],
  wanted: ['LIST', 'STATUS'],
};

/**
 * MAILBOXID by path, where OBJECTID (RFC 8474) is offered and one command tells them all: a STATUS for each of hundreds of folders is more than being able
 * to follow a renamed one is worth.
 */
export async function folderIdentities(session: Session, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const identities = new Map<string, string>();
  if (!offers(session, 'OBJECTID') || !offers(session, 'LIST-STATUS')) return identities;
  try {
    const { untagged } = await sendCommand(session, listing, signal);
    for (const answer of untagged.filter(({ command }) => command?.toUpperCase() === 'STATUS')) {
      const { path, items } = statusIn(session, answer);
      const id = items.get('MAILBOXID');
      const identity = textOf(Array.isArray(id) ? id[0] : id);
      if (path !== '' && identity) identities.set(path, identity);
    }
  } catch (error) {
    // The folders are listed; only what would follow them when they are renamed is not known.
    if (!isAppError(error, 'server.refused') && !isAppError(error, 'server.protocol')) throw error;
  }
  return identities;
}
