import type { OutgoingId } from '../../../src-shared/domain/ids.ts';
import type { SentCopyFate } from '../../../src-shared/domain/sent-copy.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ReadableDb } from '../process/connection.ts';

export function readSentCopy(db: ReadableDb, outgoingId: OutgoingId): SentCopyFate | null {
  const row = db.get<{ state: SentCopyFate['state']; at: number | null; problem: string | null }>(
    'SELECT state, next_attempt_at AS at, problem FROM sent_copy WHERE outgoing_id = ?',
    outgoingId,
  );
  if (!row) return null;
  const problem = row.problem === null ? null : (JSON.parse(row.problem) as WireError);
  return { state: row.state, nextAttemptAt: row.at, problem };
}
