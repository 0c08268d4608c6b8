import { defineContract } from '../../src-shared/contract/define-contract.ts';
import { calendarRowsContract } from './api/calendar.ts';
import { contactRowsContract } from './api/contacts.ts';
import { databaseContract } from './api/database.ts';
import { ledgerRowsContract } from './api/ledger.ts';
import { lettersContract } from './api/letters.ts';
import { mailboxRowsContract } from './api/mailboxes.ts';
import { outboxRowsContract } from './api/outbox.ts';
import { sentCopiesContract } from './api/sent-copies.ts';
import { ticketRowsContract } from './api/tickets.ts';
import { trustRowsContract } from './api/trust.ts';

/** Every call of the store process. Each is one transaction at most: none can span calls. */
export const storeContract = defineContract({
  methods: {
    ...databaseContract.methods,
    ...mailboxRowsContract.methods,
    ...lettersContract.methods,
    ...ledgerRowsContract.methods,
    ...ticketRowsContract.methods,
    ...outboxRowsContract.methods,
    ...sentCopiesContract.methods,
    ...calendarRowsContract.methods,
    ...contactRowsContract.methods,
    ...trustRowsContract.methods,
  },
  events: { ...lettersContract.events },
});
export type StoreContract = typeof storeContract;
