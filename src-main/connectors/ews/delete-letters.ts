import { ews } from './library.ts';
import { throwRefusals } from './mark-read.ts';
import type { Session } from './session.ts';

/**
 * SoftDelete: the letter is in no folder any more, as after an EXPUNGE, and the server's dumpster gives it back as long as its administrator keeps it. A move to Deleted Items would
 * leave it in the mailbox, HardDelete would take it from the administrator too.
 */
export async function deleteLetters(session: Session, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const quietly = session.version() >= ews.ExchangeVersion.Exchange2013;
  const deleted = await session.ask(
    (service) =>
      service.DeleteItems(
        ids.map((id) => new ews.ItemId(id)),
        ews.DeleteMode.SoftDelete,
        // Meetings that are letters are cancelled for nobody.
        ews.SendCancellationsMode.SendToNone,
        ews.AffectedTaskOccurrence.SpecifiedOccurrenceOnly,
        quietly,
      ),
    { changes: true },
    signal,
  );
  throwRefusals(session, deleted.Responses, ids.length);
}
