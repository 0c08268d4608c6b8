import { decodedPath, sendCommand, textOf, wirePath } from './send-command.ts';
import type { Session } from './session.ts';

/** Whether a folder of exactly this path is there and can hold letters. */
export async function isListed(session: Session, path: string, signal: AbortSignal): Promise<boolean> {
  const { untagged } = await sendCommand(
    session,
    { name: 'LIST', attributes: ['', wirePath(session, path)], wanted: ['LIST'] },
    signal,
  );
  // The name is a pattern: `*` and `%` in it also match others.
  return untagged.some(({ attributes: [flags, , name] = [] }) => {
    const marks = Array.isArray(flags) ? flags.map((flag) => textOf(flag)?.toLowerCase()) : [];
    return decodedPath(session, name) === path && !marks.includes('\\nonexistent') && !marks.includes('\\noselect');
  });
}

/** What parts the levels of a path (RFC 3501, 6.3.8: an empty name asks for it); null where there are no levels. */
export async function separatorOf(session: Session, signal: AbortSignal): Promise<string | null> {
  const { untagged } = await sendCommand(session, { name: 'LIST', attributes: ['', ''], wanted: ['LIST'] }, signal);
  return textOf(untagged[0]?.attributes?.[1]) || null;
}
