import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { databaseContract } from '../api/database.ts';
import type { ledgerRowsContract } from '../api/ledger.ts';
import type { lettersContract } from '../api/letters.ts';
import { calendarRowHandlers } from '../queries/calendar-rows.ts';
import { contactRowHandlers } from '../queries/contact-rows.ts';
import { mailboxRowHandlers } from '../queries/mailbox-rows.ts';
import { outboxRowHandlers } from '../queries/outbox-rows.ts';
import { sentCopyHandlers } from '../queries/sent-copies.ts';
import { ticketRowHandlers } from '../queries/ticket-rows.ts';
import { trustRowHandlers } from '../queries/trust-rows.ts';
import type { StoreContract } from '../store-api.ts';
import type { WritableDb } from './connection.ts';

/** Everything the store answers, over one open database. */
export function storeHandlers(
  db: WritableDb,
  database: Handlers<typeof databaseContract>,
  mail: Handlers<typeof lettersContract> & Handlers<typeof ledgerRowsContract>,
): Handlers<StoreContract> {
  const rows = {
    ...mailboxRowHandlers(db),
    ...ticketRowHandlers(db),
    ...outboxRowHandlers(db),
    ...sentCopyHandlers(db),
  };
  return {
    ...database,
    ...mail,
    ...rows,
    ...calendarRowHandlers(db),
    ...contactRowHandlers(db),
    ...trustRowHandlers(db),
  };
}
