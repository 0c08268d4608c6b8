import type { ImapResponse } from 'imapflow/lib/handler/types.js';
import type { FolderState } from '../connectors.ts';
import { decodedPath, type Token, textOf } from './send-command.ts';
import type { Session } from './session.ts';

/** What one STATUS answer says (`* STATUS "INBOX" (MESSAGES 17 UIDNEXT 44292)`), items by their names. */
export interface StatusAnswer {
  readonly path: string;
  readonly items: ReadonlyMap<string, Token>;
}

export function statusIn(session: Session, { attributes = [] }: ImapResponse): StatusAnswer {
  const [name, list] = attributes;
  const items = new Map<string, Token>();
  if (Array.isArray(list)) {
    for (let at = 0; at + 1 < list.length; at += 2) items.set(textOf(list[at])?.toUpperCase() ?? '', list[at + 1]);
  }
  return { path: decodedPath(session, name), items };
}

/** Null where something is missing that says whether anything is new: such a folder has to be opened. */
export function stateIn({ items }: StatusAnswer): FolderState | null {
  const numberOf = (item: string): number | null => {
    const text = textOf(items.get(item)) ?? '';
    return /^\d{1,10}$/.test(text) ? Number(text) : null;
  };
  const [uidValidity, uidNext, exists] = [numberOf('UIDVALIDITY'), numberOf('UIDNEXT'), numberOf('MESSAGES')];
  if (!uidValidity || !uidNext || exists === null) return null;
  const modseq = textOf(items.get('HIGHESTMODSEQ')) ?? '';
  return {
    uidValidity,
    uidNext,
    exists,
    unseen: numberOf('UNSEEN'),
    // Zero where this folder has none (RFC 7162, 3.1.2); 63 bits are more than a number holds.
    highestModseq: /^0*[1-9]\d{0,18}$/.test(modseq) ? BigInt(modseq).toString() : null,
  };
}
