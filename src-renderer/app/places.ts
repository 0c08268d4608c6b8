import {
  IconAddressBook,
  IconBook2,
  IconCalendar,
  IconFilterCog,
  IconHome,
  IconMail,
  IconSend,
  IconSettings,
  IconShieldQuestion,
  IconTicket,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { TextKey } from '../../src-shared/i18n/i18n.ts';

export interface Place {
  readonly path:
    | '/'
    | '/mail'
    | '/tickets'
    | '/calendar'
    | '/contacts'
    | '/mailboxes'
    | '/rules'
    | '/ledger'
    | '/quarantine'
    | '/outbox'
    | '/settings';
  readonly name: TextKey;
  readonly icon: TablerIcon;
}

/** The screens of the rail, from top to bottom; Ctrl or ⌘ with 1–9 in this order. */
export const places: readonly Place[] = [
  { path: '/', name: 'place.today', icon: IconHome },
  { path: '/mail', name: 'place.mail', icon: IconMail },
  { path: '/tickets', name: 'place.tickets', icon: IconTicket },
  { path: '/mailboxes', name: 'place.mailboxes', icon: IconAddressBook },
  { path: '/rules', name: 'place.rules', icon: IconFilterCog },
  { path: '/ledger', name: 'place.ledger', icon: IconBook2 },
  { path: '/quarantine', name: 'place.quarantine', icon: IconShieldQuestion },
  { path: '/outbox', name: 'place.outbox', icon: IconSend },
  { path: '/settings', name: 'place.settings', icon: IconSettings },
];

/** Stand in the rail while something is loaded for them, behind the tickets; their numbers in the order above are nobody's. */
export const calendarPlace: Place = { path: '/calendar', name: 'place.calendar', icon: IconCalendar };
export const contactsPlace: Place = { path: '/contacts', name: 'place.contacts', icon: IconUsers };
