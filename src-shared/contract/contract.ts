import { calendarContract } from './calendar.ts';
import { consoleContract } from './console.ts';
import { contactsContract } from './contacts.ts';
import { datesContract } from './dates.ts';
import { defineContract } from './define-contract.ts';
import { ledgerContract } from './ledger.ts';
import { loadingContract } from './loading.ts';
import { logsContract } from './logs.ts';
import { mailContract } from './mail.ts';
import { mailboxesContract } from './mailboxes.ts';
import { sendingContract } from './sending.ts';
import { switchesContract } from './switches.ts';
import { ticketsContract } from './tickets.ts';
import { trustContract } from './trust.ts';

/** Everything the page and the terminal may ask of the main process. */
export const contract = defineContract({
  methods: {
    ...consoleContract.methods,
    ...mailboxesContract.methods,
    ...switchesContract.methods,
    ...datesContract.methods,
    ...loadingContract.methods,
    ...ledgerContract.methods,
    ...logsContract.methods,
    ...mailContract.methods,
    ...ticketsContract.methods,
    ...sendingContract.methods,
    ...calendarContract.methods,
    ...contactsContract.methods,
    ...trustContract.methods,
  },
  events: {
    ...consoleContract.events,
    ...mailboxesContract.events,
    ...switchesContract.events,
    ...datesContract.events,
    ...loadingContract.events,
    ...ledgerContract.events,
    ...logsContract.events,
    ...mailContract.events,
    ...ticketsContract.events,
    ...sendingContract.events,
    ...calendarContract.events,
    ...contactsContract.events,
    ...trustContract.events,
  },
});
export type AppContract = typeof contract;
