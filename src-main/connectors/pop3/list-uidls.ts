import { createHash } from 'node:crypto';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import { unsupported } from './errors.ts';
import { listNumbers } from './list-numbers.ts';
import type { Session } from './session.ts';
import { topHeader } from './top-header.ts';

/** RFC 1939 has 70 characters. What is longer is told apart by its hash. */
const longestUidl = 200;

/**
 * What each letter of the session is called, the same in every session, by its number and in the order of the numbers. A letter that the server does not name (UIDL is
 * optional, RFC 1939, 7, and some leave letters out) is called by the hash of its header: one TOP for each of them.
 */
export async function listUidls(
  session: Session,
  numbers: Iterable<number>,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const named = await namesGiven(session, signal);
  const names = new Map<number, string>();
  for (const number of [...new Set([...numbers, ...named.keys()])].sort((one, other) => one - other)) {
    const given = named.get(number) ?? '';
    names.set(number, given === '' ? await nameByHeader(session, number, signal) : bounded(given));
  }
  return names;
}

/** None where the server does not know UIDL. */
async function namesGiven(session: Session, signal: AbortSignal): Promise<ReadonlyMap<number, string>> {
  try {
    return await listNumbers(session, 'UIDL', signal);
  } catch (error) {
    if (isAppError(error, 'server.refused')) return new Map();
    throw error;
  }
}

/** A blank cannot be in a server's own name. */
async function nameByHeader(session: Session, number: number, signal: AbortSignal): Promise<string> {
  const header = await topHeader(session, number, signal);
  if (header === null) throw unsupported(session.endpoint, 'UIDL, TOP');
  return `header ${createHash('sha256').update(withoutMarks(header)).digest('base64url')}`;
}

/** Lines that servers and other programs write into a letter as it is read. */
function withoutMarks(header: Buffer): string {
  return header.toString('latin1').replace(/^(?:X-)?(?:Status|UIDL|UID|Keywords|Mozilla-Status2?):.*\r\n/gim, '');
}

function bounded(name: string): string {
  return name.length <= longestUidl ? name : `long ${createHash('sha256').update(name).digest('base64url')}`;
}
