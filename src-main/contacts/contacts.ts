import type { contactsContract } from '../../src-shared/contract/contacts.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import { hasContacts, type Mailbox } from '../../src-shared/domain/mailbox.ts';
import { receives } from '../../src-shared/domain/mailbox-directions.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import { asksToWait } from '../connectors/retry-after.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { Store } from '../store/store.ts';
import { followContacts } from './follow-contacts.ts';

export interface ContactsParts {
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Logger;
  readonly now?: () => number;
}

export interface Contacts {
  readonly handlers: Handlers<typeof contactsContract>;
  /** Looks for what is new, on the connection of a pass. An address book that fails is no failure of the mailbox: its letters come all the same. Throws what ends the pass: a server that asks to be left alone for a time. */
  follow(mailbox: Mailbox, connector: IncomingConnector, signal: AbortSignal): Promise<void>;
}

export function createContacts({ store, events, log, now = Date.now }: ContactsParts): Contacts {
  const followedIds = async () =>
    (await store.call('mailboxes.list', undefined)).filter(isFollowed).map(({ id }) => id);
  return {
    handlers: {
      'contacts.states': async () => store.call('contacts.states', { mailboxIds: await followedIds() }),
      'contacts.list': async (question) =>
        store.call('contacts.list', { ...question, mailboxIds: await followedIds() }),
      'contacts.get': (question) => store.call('contacts.get', question),
    },
    async follow(mailbox, { contacts: desk }, signal) {
      if (desk === undefined || !isFollowed(mailbox)) return;
      const mailboxId = mailbox.id;
      try {
        if (await followContacts(mailbox, { store, desk, log, now }, signal))
          events.emit('contacts.changed', { mailboxId });
      } catch (error) {
        if (isAppError(error, 'cancelled') || isAppError(error, 'store.unavailable')) throw error;
        log.warn('contacts not followed', { mailbox: mailboxId, error });
        await store.call('contacts.failed', { mailboxId, problem: toWire(error) });
        events.emit('contacts.changed', { mailboxId });
        if (asksToWait(error)) throw error;
      }
    },
  };
}

function isFollowed({ settings }: Mailbox): boolean {
  return settings.contacts === true && receives(settings) && hasContacts(settings.incoming.protocol);
}
