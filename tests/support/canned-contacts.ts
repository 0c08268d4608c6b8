import type { contactsContract } from '../../src-shared/contract/contacts.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { Contact } from '../../src-shared/domain/contact.ts';
import type { ContactId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { supportId } from './canned-mailboxes.ts';

export function cannedContact(id: number, contact: Partial<Contact> = {}): Contact {
  return {
    id: id as ContactId,
    mailboxId: supportId,
    kind: 'person',
    ...{ name: `Person ${id}`, company: 'Company', department: 'Stores', jobTitle: 'Keeper' },
    addresses: [{ name: '', address: `person${id}@company.example` }],
    phones: [{ kind: 'work', number: '+7 495 123-45-67' }],
    members: [],
    loadedAt: Date.now() - 60 * 60_000,
    ...contact,
  };
}

/** In the order given; without anybody no mailbox has its contacts switched on. */
export function cannedContacts(contacts: readonly Contact[] = []): Handlers<typeof contactsContract> {
  return {
    'contacts.states': async () =>
      contacts.length === 0 ? [] : [{ mailboxId: supportId, lookedAt: Date.now(), problem: null }],
    'contacts.list': async ({ query, from, limit }) => {
      const found = contacts.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
      const page = found
        .slice(from, from + limit)
        .map(({ id, mailboxId, kind, name, company, addresses, phones, members }) => ({
          ...{ id, mailboxId, kind, name, company, members: members.length },
          address: addresses[0]?.address ?? '',
          phone: phones[0]?.number ?? '',
        }));
      return { total: found.length, contacts: page };
    },
    'contacts.get': async ({ contactId }) => {
      const contact = contacts.find(({ id }) => id === contactId);
      if (!contact) throw new AppError('contact.gone');
      return contact;
    },
  };
}
