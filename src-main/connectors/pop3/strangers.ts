import { headerLine } from '../../mime/header-line.ts';
import { messageIdsIn } from '../../mime/message-ids.ts';
import type { ExpectedLetter } from '../connectors.ts';
import { deletesWhatWasRead } from './capabilities.ts';
import type { DropLetter, Maildrop } from './maildrop.ts';
import { retrieveLetter } from './retrieve-letter.ts';
import type { Session } from './session.ts';
import { topHeader } from './top-header.ts';

export interface Recognised {
  /** Other letters under the same name. */
  readonly strangers: ReadonlySet<number>;
  readonly unproven: ReadonlySet<number>;
}

/**
 * A server may give a name again once its letter is gone (RFC 1939, 7), whoever took it away. A letter that was read in this session is the one that was loaded; of every
 * other its header is asked for.
 */
export async function findStrangers(
  session: Session,
  maildrop: Maildrop,
  expected: readonly ExpectedLetter[],
  signal: AbortSignal,
): Promise<Recognised> {
  const strangers = new Set<number>();
  const unproven = new Set<number>();
  for (const one of expected) {
    const letter = maildrop.letter(one.uid);
    if (letter === undefined || maildrop.wasRead(one.uid)) continue;
    const header = await headerThere(session, letter, signal);
    if (header === null) unproven.add(one.uid);
    else if (!isExpected(one, header, letter)) strangers.add(one.uid);
  }
  return { strangers, unproven };
}

/** Null: the server does not give it, or would delete what was read for it. */
async function headerThere(session: Session, letter: DropLetter, signal: AbortSignal): Promise<Uint8Array | null> {
  const header = await topHeader(session, letter.number, signal);
  if (header !== null || deletesWhatWasRead(session.capabilities)) return header;
  return retrieveLetter(session, letter, signal);
}

/** Sizes of a listing are not exact on every server: they count where there is nothing better. */
function isExpected({ messageIdHeader, size }: ExpectedLetter, header: Uint8Array, letter: DropLetter): boolean {
  // As it was read from the letter that was loaded: what is no id there is none here.
  const [there = ''] = messageIdsIn(headerLine(header, 'message-id') ?? '');
  return there === messageIdHeader && (there !== '' || letter.size === size);
}
