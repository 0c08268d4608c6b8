import type { FetchedHeader } from '../connectors.ts';
import { endOfAnswer, timeOf } from './fetched.ts';
import type { Session } from './session.ts';

const query = { uid: true, flags: true, internalDate: true, size: true, headers: true } as const;

export async function fetchHeader(session: Session, uid: number, signal: AbortSignal): Promise<FetchedHeader | null> {
  let header: FetchedHeader | null = null;
  await session
    .run(async (client) => {
      for await (const answer of client.fetch(String(uid), query, { uid: true })) {
        // Flags that changed meanwhile come unasked, of any letter, without a header.
        if (answer.uid !== uid || !answer.headers) continue;
        header = {
          uid,
          receivedAt: timeOf(answer.internalDate),
          seen: answer.flags?.has('\\Seen') ?? false,
          size: answer.size ?? 0,
          header: answer.headers,
        };
      }
    }, signal)
    .catch(endOfAnswer);
  return header;
}
