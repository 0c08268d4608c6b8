import type { FetchMessageObject } from 'imapflow';
import { createGiveWay } from '../../jobs/give-way.ts';
import type { FetchedLetter } from '../connectors.ts';
import type { Session } from './session.ts';
import { uidSets } from './uid-set.ts';

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
  const answers = session.client.fetch(set, query, { uid: true });
  const next = () => session.run(() => answers.next(), signal, session.times.letter);
  const giveWay = createGiveWay();
  try {
    for (let answer = await next(); !answer.done; answer = await next()) {
      const letter = letterOf(answer.value);
      // Flags that changed meanwhile come unasked, without a text.
      if (letter !== null) yield letter;
      await giveWay();
    }
  } finally {
    // Lets go of the answer under way; after a lost line there is none.
    answers.return(false).catch(() => {});
  }
}

function letterOf({ uid, source, flags, internalDate }: FetchMessageObject): FetchedLetter | null {
  if (uid === undefined || source === undefined) return null;
  const receivedAt = new Date(internalDate ?? Number.NaN).getTime();
  return {
    uid,
    // A date that cannot be read is no reason to lose the letter.
    receivedAt: Number.isNaN(receivedAt) ? Date.now() : receivedAt,
    seen: flags?.has('\\Seen') ?? false,
    raw: source,
  };
}
