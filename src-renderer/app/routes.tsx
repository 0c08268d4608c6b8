import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
} from '@tanstack/react-router';
import { MailScreen } from '../mail/mail-screen.tsx';
import { TodayScreen } from '../today/today-screen.tsx';
import { BrokenScreen } from './broken-screen.tsx';
import { Frame } from './frame.tsx';
import { LostScreen } from './lost-screen.tsx';

/** Which letter is open and of which scope: in the address, so that other screens can lead there and Back leads out. */
export interface MailSearch {
  readonly letter?: number;
  readonly mailbox?: string;
  readonly folder?: number;
  readonly unread?: boolean;
  readonly q?: string;
}

/** Which part of the ledger, and whose story. */
export interface LedgerSearch {
  readonly entry?: number;
  readonly mailbox?: string;
  readonly folder?: number;
  /** Groups of states. */
  readonly show?: readonly string[];
  readonly q?: string;
  /** Actions on the servers instead of letters. */
  readonly view?: 'server';
}

/** Which letters of the quarantine desk, and which one is open. */
export interface QuarantineSearch {
  readonly letter?: number;
  readonly mailbox?: string;
  readonly why?: string;
  readonly dismissed?: boolean;
}

/** Which meeting is open, of what is ahead or past. */
export interface CalendarSearch {
  readonly meeting?: number | undefined;
  readonly past?: boolean | undefined;
}

/** Who is open, and what was searched for. */
export interface ContactsSearch {
  readonly contact?: number | undefined;
  readonly q?: string | undefined;
}

export interface AddMailboxSearch {
  /** An address to begin with. */
  readonly address?: string;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
}

function textsOf(value: unknown): readonly string[] | undefined {
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return texts.length > 0 ? texts : undefined;
}

const root = createRootRoute({ component: Frame, notFoundComponent: LostScreen, errorComponent: BrokenScreen });

/** Where people start, and where they go first: there with the frame. The others come when they are asked for. */
const today = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: TodayScreen,
});
const mail = createRoute({
  getParentRoute: () => root,
  path: '/mail',
  validateSearch: ({ letter, mailbox, folder, unread, q }: Record<string, unknown>): MailSearch => ({
    letter: numberOf(letter),
    mailbox: textOf(mailbox),
    folder: numberOf(folder),
    unread: unread === true ? true : undefined,
    q: textOf(q),
  }),
  component: MailScreen,
});
const tickets = createRoute({
  getParentRoute: () => root,
  path: '/tickets',
  component: lazyRouteComponent(() => import('../tickets/tickets-screen.tsx'), 'TicketsScreen'),
});
const ticket = createRoute({
  getParentRoute: () => root,
  path: '/tickets/$ticketId',
  component: lazyRouteComponent(() => import('../tickets/ticket-screen.tsx'), 'TicketScreen'),
});
const calendar = createRoute({
  getParentRoute: () => root,
  path: '/calendar',
  validateSearch: ({ meeting, past }: Record<string, unknown>): CalendarSearch => ({
    meeting: numberOf(meeting),
    past: past === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('../calendar/calendar-screen.tsx'), 'CalendarScreen'),
});
const contacts = createRoute({
  getParentRoute: () => root,
  path: '/contacts',
  validateSearch: ({ contact, q }: Record<string, unknown>): ContactsSearch => ({
    contact: numberOf(contact),
    q: textOf(q),
  }),
  component: lazyRouteComponent(() => import('../contacts/contacts-screen.tsx'), 'ContactsScreen'),
});
const mailboxes = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes',
  component: lazyRouteComponent(() => import('../mailboxes/mailboxes-screen.tsx'), 'MailboxesScreen'),
});
const addMailbox = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes/add',
  validateSearch: ({ address }: Record<string, unknown>): AddMailboxSearch => ({ address: textOf(address) }),
  component: lazyRouteComponent(() => import('../mailboxes/add/add-mailbox-screen.tsx'), 'AddMailboxScreen'),
});
const mailbox = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes/$mailboxId',
  component: lazyRouteComponent(() => import('../mailboxes/mailbox-screen.tsx'), 'MailboxScreen'),
});
const mailboxSwitch = createRoute({
  getParentRoute: () => root,
  path: '/mailboxes/$mailboxId/switch',
  component: lazyRouteComponent(() => import('../mailboxes/switch/switch-screen.tsx'), 'SwitchScreen'),
});
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('../rules/rules-screen.tsx'), 'RulesScreen'),
});
const ledger = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: ({ entry, mailbox, folder, show, q, view }: Record<string, unknown>): LedgerSearch => ({
    entry: numberOf(entry),
    mailbox: textOf(mailbox),
    folder: numberOf(folder),
    show: textsOf(show),
    q: textOf(q),
    view: view === 'server' ? 'server' : undefined,
  }),
  component: lazyRouteComponent(() => import('../ledger/ledger-screen.tsx'), 'LedgerScreen'),
});
const quarantine = createRoute({
  getParentRoute: () => root,
  path: '/quarantine',
  validateSearch: ({ letter, mailbox, why, dismissed }: Record<string, unknown>): QuarantineSearch => ({
    letter: numberOf(letter),
    mailbox: textOf(mailbox),
    why: textOf(why),
    dismissed: dismissed === true ? true : undefined,
  }),
  component: lazyRouteComponent(() => import('../quarantine/quarantine-screen.tsx'), 'QuarantineScreen'),
});
const outbox = createRoute({
  getParentRoute: () => root,
  path: '/outbox',
  component: lazyRouteComponent(() => import('../outbox/outbox-screen.tsx'), 'OutboxScreen'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-screen.tsx'), 'SettingsScreen'),
});

const tree = root.addChildren([
  today,
  mail,
  tickets,
  ticket,
  calendar,
  contacts,
  mailboxes,
  addMailbox,
  mailbox,
  mailboxSwitch,
  rules,
  ledger,
  quarantine,
  outbox,
  settings,
]);

/** The address lives behind `#`: the page is one file under app://, and a reload stays where it was. */
export function createAppRouter(history: RouterHistory = createHashHistory()) {
  return createRouter({
    routeTree: tree,
    history,
    defaultPendingMs: 200,
    defaultErrorComponent: BrokenScreen,
    // Reads have their own cache; a preloaded route is its code.
    defaultPreload: 'intent',
    scrollRestoration: false,
  });
}
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
