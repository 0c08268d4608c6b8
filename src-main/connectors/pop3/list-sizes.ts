import { listNumbers } from './list-numbers.ts';
import type { Session } from './session.ts';

/** Bytes by number (LIST); a server may lie, the number is an estimate. Every letter of the session has its entry. */
export async function listSizes(session: Session, signal: AbortSignal): Promise<ReadonlyMap<number, number>> {
  const sizes = new Map<number, number>();
  for (const [number, said] of await listNumbers(session, 'LIST', signal)) {
    const [size = ''] = said.match(/^\d{1,15}/) ?? [];
    sizes.set(number, size === '' ? 0 : Number(size));
  }
  return sizes;
}
