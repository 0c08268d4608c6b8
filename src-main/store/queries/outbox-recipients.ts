import type { OutgoingId } from '../../../src-shared/domain/ids.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import type { Outgoing, OutgoingState, RecipientResult } from '../../../src-shared/domain/outgoing.ts';
import type { ToldRecipient } from '../api/outbox.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

type Row = Pick<RecipientResult, 'address'> & { readonly state: ToldRecipient['state']; readonly server_words: string };

const stateOf: Readonly<Record<ToldRecipient['state'], OutgoingState | null>> = {
  accepted: 'accepted',
  refused: 'failed',
  // Tried again with the answer, whose own state then says how.
  deferred: null,
};

export function readRecipients(
  db: ReadableDb,
  answer: Pick<Outgoing, 'id' | 'state'> & { readonly to: readonly Address[] },
): RecipientResult[] {
  const rows = db.all<Row>(
    'SELECT address, state, server_words FROM outgoing_recipient WHERE outgoing_id = ?',
    answer.id,
  );
  const told = new Map(rows.map((row) => [row.address, row]));
  return answer.to.map(({ address }) => {
    const row = told.get(address);
    return {
      address,
      state: (row && stateOf[row.state]) ?? answer.state,
      serverWords: row?.server_words ?? '',
    };
  });
}

/** Neither taken nor refused for good. */
export function stillToReach({ recipients }: Outgoing): string[] {
  return recipients.filter(({ state }) => state !== 'accepted' && state !== 'failed').map(({ address }) => address);
}

export function noteRecipients(db: WritableDb, outgoingId: OutgoingId, told: readonly ToldRecipient[]): void {
  for (const { address, state, serverWords } of told)
    db.run(
      `INSERT INTO outgoing_recipient (outgoing_id, address, state, server_words) VALUES (:outgoingId, :address, :state, :serverWords)
       ON CONFLICT (outgoing_id, address) DO UPDATE SET state = excluded.state, server_words = excluded.server_words
       WHERE outgoing_recipient.state <> 'accepted'`,
      { outgoingId, address, state, serverWords },
    );
}

/** A person sends it again: all are tried but those who have it. */
export function forgetRefusals(db: WritableDb, outgoingId: OutgoingId): void {
  db.run("DELETE FROM outgoing_recipient WHERE outgoing_id = ? AND state <> 'accepted'", outgoingId);
}
