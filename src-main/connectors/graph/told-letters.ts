import type { ToldItem } from '../named-letters/merge-items.ts';
import { isGone } from './errors.ts';
import type { Session } from './session.ts';
import { letterFields, letterShape, queryOf, sizeOf, type ToldLetter } from './shapes.ts';

/** Null: it is gone. */
export async function askLetter(session: Session, id: string, signal: AbortSignal): Promise<ToldLetter | null> {
  try {
    return await session.read(letterShape, { path: `${letterPath(session, id)}?${queryOf(letterFields)}` }, signal);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

export const letterPath = (session: Session, id: string): string => session.at(`/messages/${encodeURIComponent(id)}`);

/** Null for one that is not told whole. */
export function toldItem(letter: ToldLetter): ToldItem | null {
  const { id, isRead, receivedDateTime } = letter;
  const receivedAt = Date.parse(receivedDateTime ?? '');
  if (typeof isRead !== 'boolean' || Number.isNaN(receivedAt)) return null;
  return { id, seen: isRead, receivedAt, size: sizeOf(letter) };
}
