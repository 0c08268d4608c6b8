import type { FetchMessageObject } from 'imapflow';
import { createGiveWay } from '../../jobs/give-way.ts';
import type { FetchedLetter } from '../connectors.ts';
import { endOfAnswer, timeOf } from './fetched.ts';
import type { Session } from './session.ts';
import { uidSets, uidsOf } from './uid-set.ts';

/** BODY.PEEK[], so that reading leaves no trace even on a server that forgets that the folder was opened read-only. */
const query = { uid: true, flags: true, internalDate: true, source: true } as const;

/**
 * Letter by letter: the next is read off the line when this one has been taken, so no more than one letter and the socket's buffer are held.
 * When the caller leaves early the rest of the answer is read and dropped before the next command; the caller bounds it by asking in batches.
 */
export async function* fetchLetters(
  session: Session,
  uids: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<FetchedLetter, void, undefined> {
  for (const set of uidSets(uids)) yield* fetchSet(session, set, signal);
}

async function* fetchSet(session: Session, set: string, signal: AbortSignal): AsyncGenerator<FetchedLetter> {
  // An answer for a letter that nobody asked for would be kept under a number of the server's invention, and one that comes twice is one letter.
  const awaited = new Set(uidsOf(set));
  const answers = session.client.fetch(set, query, { uid: true });
  const next = () => session.run(() => answers.next(), signal, session.times.letter).catch(endOfAnswer);
  const giveWay = createGiveWay();
  try {
    for (let answer = await next(); !answer.done; answer = await next()) {
      // Flags that changed meanwhile come unasked, without a text.
      const letter = letterOf(answer.value);
      if (letter !== null && awaited.delete(letter.uid)) yield letter;
      await giveWay();
    }
  } finally {
    // Lets go of the answer under way; after a lost line there is none.
    answers.return(false).catch(() => {});
  }
}

function letterOf({ uid, source, flags, internalDate }: FetchMessageObject): FetchedLetter | null {
  // NIL where the server has no text to give; the types do not say that it comes as `false`.
  if (uid === undefined || !source) return null;
  return { uid, receivedAt: timeOf(internalDate), seen: flags?.has('\\Seen') ?? false, raw: source };
}
