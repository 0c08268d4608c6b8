import type { Phone } from '../../../src-shared/domain/contact.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import type { FetchedContact } from '../contacts.ts';
import { ews } from './library.ts';
import { read } from './sync-items.ts';

const { ContactSchema: fields, PhoneNumberKey: numbers, EmailAddressKey: addresses } = ews;

/** What is shown of a contact, in the order in which it is shown. */
const kinds: readonly (readonly [key: ews.PhoneNumberKey, kind: Phone['kind'], field: ews.PropertyDefinitionBase])[] = [
  [numbers.BusinessPhone, 'work', fields.BusinessPhone],
  [numbers.BusinessPhone2, 'work', fields.BusinessPhone2],
  [numbers.MobilePhone, 'mobile', fields.MobilePhone],
  [numbers.CompanyMainPhone, 'work', fields.CompanyMainPhone],
  [numbers.PrimaryPhone, 'other', fields.PrimaryPhone],
  [numbers.HomePhone, 'home', fields.HomePhone],
  [numbers.HomePhone2, 'home', fields.HomePhone2],
  [numbers.OtherTelephone, 'other', fields.OtherTelephone],
  [numbers.BusinessFax, 'fax', fields.BusinessFax],
  [numbers.HomeFax, 'fax', fields.HomeFax],
];

const addressKeys: readonly (readonly [key: ews.EmailAddressKey, field: ews.PropertyDefinitionBase])[] = [
  [addresses.EmailAddress1, fields.EmailAddress1],
  [addresses.EmailAddress2, fields.EmailAddress2],
  [addresses.EmailAddress3, fields.EmailAddress3],
];

/** Everything that is read below. Addresses and numbers are asked for one by one, as Exchange documents it. */
export function shownOfContacts(): ews.PropertySet {
  return new ews.PropertySet(ews.BasePropertySet.IdOnly, [
    ...[fields.FileAs, fields.DisplayName, fields.CompanyName, fields.Department, fields.JobTitle],
    ...addressKeys.map(([, field]) => field),
    ...kinds.map(([, , field]) => field),
  ]);
}

export function readContact(item: ews.Contact): FetchedContact {
  return {
    id: item.Id.UniqueId,
    kind: 'person',
    name: read(() => item.DisplayName, '') || read(() => item.FileAs, ''),
    company: read(() => item.CompanyName, ''),
    department: read(() => item.Department, ''),
    jobTitle: read(() => item.JobTitle, ''),
    addresses: addressKeys.flatMap(([key]) => addressOf(read(() => item.EmailAddresses._getItem(key), null))),
    phones: kinds.flatMap(([key, kind]) => {
      const number = read(() => item.PhoneNumbers._getItem(key), '');
      return number === '' ? [] : [{ kind, number }];
    }),
    members: [],
  };
}

/** In place of an SMTP address Exchange names its own people by a path (`/o=…`), to which nobody can write. */
function addressOf(found: ews.EmailAddress | null): readonly Address[] {
  const address = found?.Address ?? '';
  return address === '' || address.startsWith('/') ? [] : [{ name: found?.Name ?? '', address }];
}
