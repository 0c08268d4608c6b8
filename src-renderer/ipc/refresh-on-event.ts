import type { QueryClient } from '@tanstack/react-query';
import type { LoadProgress } from '../../src-shared/domain/loading.ts';
import { type AppEvent, type AppMethod, subscribe } from './ipc.ts';
import { keepReport } from './use-last-report.ts';
import { queryKey } from './use-query.ts';

type Stale = readonly AppMethod[] | 'everything';

const letters = ['mail.count', 'mail.list', 'mail.search', 'mail.letter', 'mail.thread', 'mail.headers'] as const;
const tickets = ['tickets.list', 'tickets.counts', 'tickets.get'] as const;
const ledger = ['ledger.story', 'ledger.balances', 'effects.list'] as const;
const calendar = ['calendar.states', 'calendar.list', 'calendar.meeting'] as const;
const contacts = ['contacts.states', 'contacts.list', 'contacts.get'] as const;
const quarantine = ['quarantine.counts', 'quarantine.list'] as const;

/** Which event makes which reads stale. Events whose payload is the new value itself are in `applyPayload`. */
const staleAfter: Readonly<Record<AppEvent, Stale>> = {
  'console.network': [],
  'settings.changed': ['mailboxes.detect'],
  'demo.changed': 'everything',
  'console.opened': 'everything',
  'store.restarted': 'everything',
  'mailboxes.changed': [
    'mailboxes.list',
    'mailboxes.get',
    'mailboxes.detect',
    'providers.list',
    'folders.list',
    'mail.folders',
    'loading.status',
    'console.health',
    'dates.list',
    'switches.list',
    ...ledger,
    ...quarantine,
    ...calendar,
    ...contacts,
  ],
  'mailboxes.checkStep': [],
  'switches.changed': ['switches.list'],
  'switches.folder': [],
  'dates.changed': ['dates.list'],
  'trust.changed': ['authorities.list', 'oldEncryption.list', 'dates.list'],
  'logs.written': ['logs.read'],
  'loading.progress': [],
  'loading.finished': ['loading.status', 'folders.list', 'mail.folders', 'console.health', 'ledger.balances'],
  'mail.changed': [...letters, 'mail.folders', 'folders.list', 'console.health', 'senders.preview', 'ledger.story'],
  // A letter shows the ticket it is in.
  'tickets.changed': [...tickets, ...letters, 'console.health', 'senders.preview', 'ledger.story', ...quarantine],
  'rules.changed': ['templates.list', 'senders.list', 'senders.preview', 'tickets.list', 'tickets.get'],
  'outbox.changed': ['outbox.list', 'tickets.list', 'tickets.get'],
  'ledger.changed': [...ledger],
  'calendar.changed': [...calendar],
  'contacts.changed': [...contacts],
  'quarantine.changed': [...quarantine, 'ledger.story', 'mail.letter'],
};

/** A first load tells of changed mail many times a second; a list that is read again four times a second still looks live. */
const gatherMilliseconds = 250;

/** Keeps the cache true for as long as the page lives. Returns the function that ends it. */
export function refreshOnEvents(queries: QueryClient): () => void {
  let due = new Set<AppMethod>();
  let all = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    timer = undefined;
    const methods = due;
    const everything = all;
    due = new Set();
    all = false;
    void queries.invalidateQueries({
      predicate: ({ queryKey: [method] }) => everything || methods.has(method as AppMethod),
    });
  };
  const note = (stale: Stale) => {
    if (stale === 'everything') all = true;
    else for (const method of stale) due.add(method);
    if (all || due.size > 0) timer ??= setTimeout(flush, gatherMilliseconds);
  };

  const ends = [
    ...(Object.keys(staleAfter) as AppEvent[]).map((event) => subscribe(event, () => note(staleAfter[event]))),
    ...applyPayload(queries),
  ];
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

/** Events that carry the new value: shown at once, without asking again. */
function applyPayload(queries: QueryClient): (() => void)[] {
  return [
    subscribe('console.network', (network) => void queries.setQueryData(queryKey('console.network'), network)),
    subscribe('settings.changed', (settings) => void queries.setQueryData(queryKey('settings.get'), settings)),
    subscribe('demo.changed', (status) => void queries.setQueryData(queryKey('demo.status'), status)),
    subscribe('loading.finished', (report) => keepReport(queries, report)),
    subscribe('loading.progress', (progress) => {
      queries.setQueryData<readonly LoadProgress[]>(queryKey('loading.status'), (known) =>
        known ? [...known.filter((one) => one.mailboxId !== progress.mailboxId), progress] : known,
      );
    }),
  ];
}
