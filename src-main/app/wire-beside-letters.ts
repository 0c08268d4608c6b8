import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { type Calendar, createCalendar } from '../calendar/calendar.ts';
import { type Contacts, createContacts } from '../contacts/contacts.ts';
import type { ConsoleParts } from './wire.ts';

export interface BesideLetters {
  readonly handlers: Calendar['handlers'] & Contacts['handlers'];
  /** On the connection of a pass, behind its letters. */
  readonly follow: Calendar['follow'];
}

/** What a mailbox holds besides letters: meetings and people. `nudge`: a pass over this mailbox has something to say. */
export function wireBesideLetters(
  { store, events, logs, person, automatic }: ConsoleParts,
  nudge: (mailboxId: MailboxId) => void,
): BesideLetters {
  const log = logs('calendar');
  // In the terminal nothing is said to a server until it is asked to load.
  const wake = (mailboxId: MailboxId) => {
    if (automatic) nudge(mailboxId);
  };
  const calendar = createCalendar({ store, events, log, askWhereToSave: person.askWhereToSave, wake });
  const contacts = createContacts({ store, events, log: logs('contacts') });
  return {
    handlers: { ...calendar.handlers, ...contacts.handlers },
    async follow(mailbox, connector, signal) {
      await calendar.follow(mailbox, connector, signal);
      await contacts.follow(mailbox, connector, signal);
    },
  };
}
