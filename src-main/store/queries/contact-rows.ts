import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { contactRowsContract } from '../api/contacts.ts';
import type { WritableDb } from '../process/connection.ts';
import { listContacts, listContactsStates, readContact } from './contact-read.ts';
import { keepContactsProblem, readFollowed, takeContacts } from './contact-store.ts';

/** Address books, over one open database. */
export function contactRowHandlers(db: WritableDb): Handlers<typeof contactRowsContract> {
  return {
    'contacts.followed': async ({ mailboxId }) => readFollowed(db, mailboxId),
    'contacts.take': async (portion) => takeContacts(db, portion),
    'contacts.failed': async ({ mailboxId, problem }) => keepContactsProblem(db, mailboxId, problem),
    'contacts.states': async ({ mailboxIds }) => listContactsStates(db, mailboxIds),
    'contacts.list': async (question) => listContacts(db, question),
    'contacts.get': async ({ contactId }) => readContact(db, contactId),
  };
}
