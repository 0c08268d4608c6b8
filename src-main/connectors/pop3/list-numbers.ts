import Pop3 from 'node-pop3';
import { unintelligible } from './errors.ts';
import type { Session } from './session.ts';

/** Eighty bytes for each of 800,000 letters. */
const longestListing = 64 * 1024 * 1024;
/** RFC 1939 sets no end; more letters than a 32-bit number counts are not in a mailbox. */
const highestNumber = 0x7fff_ffff;

/** LIST or UIDL: what is said of each letter by its number in this session, in the order of the listing. A line that is none is not skipped: it would be a letter lost. */
export async function listNumbers(
  session: Session,
  command: 'LIST' | 'UIDL',
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const { text } = await session.text(command, { mostBytes: longestListing }, signal);
  const said = new Map<number, string>();
  for (const [number = '', ...rest] of Pop3.listify(text.toString('latin1'))) {
    const at = /^\d{1,10}$/.test(number) ? Number(number) : 0;
    if (at < 1 || at > highestNumber || said.has(at)) throw unintelligible(session.endpoint, `${command} ${number}`);
    said.set(at, rest.join(' ').trim());
  }
  return said;
}
