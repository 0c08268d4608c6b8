import type { ImapCompileNode, ImapResponse } from 'imapflow/lib/handler/types.js';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import { atom, offers, sendCommand, type Token, textOf } from './send-command.ts';
import type { Session } from './session.ts';
import { highestUid, uidsOf } from './uid-set.ts';

/** Rising, each once. With ESEARCH (RFC 4731) the answer is ranges: 100,000 letters in a row are a dozen characters, not half a megabyte. */
export async function searchUids(
  session: Session,
  criteria: readonly ImapCompileNode[],
  signal: AbortSignal,
): Promise<Uint32Array> {
  const asRanges = offers(session, 'ESEARCH') ? [atom('RETURN'), [atom('ALL')]] : [];
  const { untagged } = await sendCommand(
    session,
    { name: 'UID SEARCH', attributes: [...asRanges, ...criteria], wanted: ['SEARCH', 'ESEARCH'] },
    signal,
  );
  // Whichever of both was asked for, some servers answer with the other, or in parts.
  const parts = untagged.map((answer) => uidsIn(answer) ?? violated(session));
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  all.sort();
  return all.filter((uid, place) => place === 0 || uid !== all[place - 1]);
}

/** Null for a set that is none, or too large to be true. */
function uidsIn({ command, numbers, attributes = [] }: ImapResponse): Uint32Array | null {
  if (command?.toUpperCase() === 'ESEARCH') {
    const at = attributes.findIndex((token: Token) => textOf(token)?.toUpperCase() === 'ALL');
    return at < 0 ? new Uint32Array() : uidsOf(textOf(attributes[at + 1]) ?? '');
  }
  // A line of nothing but numbers is read by the library. What is no UID can be no letter of ours.
  const named = numbers ?? attributes.map((token: Token) => Number(textOf(token)));
  return Uint32Array.from(named.filter((uid) => Number.isInteger(uid) && uid > 0 && uid <= highestUid));
}

function violated({ endpoint }: Session): never {
  throw new AppError('server.protocol', { ...placeOf(endpoint), serverWords: 'UID SEARCH' });
}
