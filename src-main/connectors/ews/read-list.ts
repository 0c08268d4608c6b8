import type { Address } from '../../../src-shared/domain/message.ts';
import type { FetchedContact } from '../contacts.ts';
import { ews } from './library.ts';
import { read } from './sync-items.ts';

/** Who is in a list is told since Exchange 2010; before, it is known by its name alone. */
export function shownOfLists({ RequestedServerVersion: version }: ews.ExchangeService): ews.PropertySet {
  const { DisplayName, FileAs, Members } = ews.ContactGroupSchema;
  const members = version >= ews.ExchangeVersion.Exchange2010 ? [Members] : [];
  return new ews.PropertySet(ews.BasePropertySet.IdOnly, [DisplayName, FileAs, ...members]);
}

export function readList(item: ews.ContactGroup): FetchedContact {
  return {
    id: item.Id.UniqueId,
    kind: 'list',
    name: read(() => item.DisplayName, '') || read(() => item.FileAs, ''),
    ...{ company: '', department: '', jobTitle: '', addresses: [], phones: [] },
    members: read<ews.GroupMember[]>(() => item.Members.GetEnumerator(), []).flatMap(memberOf),
  };
}

/** A list within a list has a name alone, and so have people whom Exchange names by a path (`/o=…`). */
function memberOf({ AddressInformation: told }: ews.GroupMember): readonly Address[] {
  const name = told?.Name ?? '';
  const address = told?.Address ?? '';
  return name === '' && address === '' ? [] : [{ name, address: address.startsWith('/') ? '' : address }];
}
