import { endOfAnswer } from './fetched.ts';
import { searchUids } from './search-uids.ts';
import { atom } from './send-command.ts';
import type { Session } from './session.ts';
import { uidSets } from './uid-set.ts';

/** A search takes letters whose header only contains the words; each one's header decides. */
export async function findByMessageId(
  session: Session,
  messageId: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const words = searchable(messageId);
  if (words === '') return [];
  const candidates = await searchUids(session, [atom('HEADER'), atom('Message-ID'), words], signal);
  const found: number[] = [];
  for (const set of uidSets([...candidates])) {
    await session
      .run(async (client) => {
        for await (const { uid, headers } of client.fetch(set, { uid: true, headers: ['Message-ID'] }, { uid: true })) {
          if (uid !== undefined && headers && sameId(headers, messageId)) found.push(uid);
        }
      }, signal)
      .catch(endOfAnswer);
  }
  return found;
}

/** Its longest part that every server can be asked for without a character set. */
function searchable(messageId: string): string {
  return messageId.match(/[!-~]+/g)?.reduce((longest, part) => (part.length > longest.length ? part : longest)) ?? '';
}

function sameId(header: Uint8Array, messageId: string): boolean {
  const line = Buffer.from(header).toString();
  return bare(line.slice(line.indexOf(':') + 1)) === bare(messageId);
}

/** Without what folding, brackets and blanks add. */
function bare(id: string): string {
  return id.replace(/[\s<>]/g, '');
}
