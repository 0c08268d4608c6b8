import type { ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { Folder, FolderRole, ServerFolder } from '../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadLook, LoadProgress, LoadReport } from '../../src-shared/domain/loading.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox, ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import type { Provider } from '../../src-shared/domain/provider.ts';

export const supportId = '11111111-1111-4111-8111-111111111111' as MailboxId;
export const salesId = '22222222-2222-4222-8222-222222222222' as MailboxId;
export const oldId = '33333333-3333-4333-8333-333333333333' as MailboxId;
export const cannedNow = Date.UTC(2026, 10, 20, 9, 30);

export const appPasswordProvider: Provider = {
  id: 'yandex',
  name: 'Yandex',
  domains: ['yandex.ru', 'ya.ru'],
  imap: { host: 'imap.yandex.com', port: 993, encryption: 'tls' },
  smtp: { host: 'smtp.yandex.com', port: 465, encryption: 'tls' },
  signIn: ['app-password', 'oauth2'],
  login: 'address',
  appPasswordUrl: 'https://id.yandex.ru/security/app-passwords',
  appPasswordSteps: null,
  traps: [],
  oauth: 'google',
  loadMbPerDay: 1000,
};

export const passwordProvider: Provider = {
  ...appPasswordProvider,
  id: 'migadu',
  name: 'Migadu',
  domains: [],
  imap: { host: 'imap.migadu.com', port: 993, encryption: 'tls' },
  smtp: { host: 'smtp.migadu.com', port: 465, encryption: 'tls' },
  signIn: ['password'],
  appPasswordUrl: null,
  loadMbPerDay: null,
};

export function settingsOf(address: string, changes: Partial<ReceivingSettings> = {}): ReceivingSettings {
  const host = address.split('@')[1] ?? 'example.com';
  return {
    name: address,
    address,
    description: '',
    incoming: {
      protocol: 'imap',
      host: `imap.${host}`,
      port: 993,
      encryption: 'tls',
      login: address,
      signIn: 'password',
      pinnedCertificate: null,
    },
    outgoing: {
      host: `smtp.${host}`,
      port: 465,
      encryption: 'tls',
      login: address,
      signIn: 'password',
      pinnedCertificate: null,
    },
    oauth: null,
    sender: { fromAddress: address, fromName: 'Support', replyTo: address },
    loading: {
      firstLoadPeriod: 'week',
      automatic: true,
      pollMinutes: null,
      newMail: 'position',
      folders: 'chosen',
      largestMb: 35,
      lane: 0,
    },
    afterwards: { kind: 'leave' },
    collectsTickets: true,
    log: 'errors',
    dates: { clientSecretEnds: null, passwordDays: null },
    ...changes,
  };
}

export const cannedMailboxes: readonly ReceivingMailbox[] = [
  {
    id: supportId,
    enabled: true,
    demo: false,
    createdAt: cannedNow,
    settings: settingsOf('support@northwind.example', { description: 'Requests of the northern offices' }),
  },
  {
    id: salesId,
    enabled: true,
    demo: false,
    createdAt: cannedNow,
    settings: settingsOf('sales@northwind.example', { collectsTickets: false }),
  },
  {
    id: oldId,
    enabled: false,
    demo: false,
    createdAt: cannedNow,
    settings: settingsOf('archive@old.example', {
      incoming: { ...settingsOf('archive@old.example').incoming, port: 143, encryption: 'none' },
    }),
  },
];

export const cannedProgress: readonly LoadProgress[] = [
  {
    mailboxId: supportId,
    phase: 'loading',
    folder: 'INBOX',
    done: 1280,
    total: 4312,
    bytes: 48_000_000,
    startedAt: Date.now() - 20_000,
    lastLoadedAt: Date.now() - 3_600_000,
    nextAttemptAt: null,
    problem: null,
    failingSince: null,
    disabledBecause: null,
  },
  {
    mailboxId: salesId,
    phase: 'needs-you',
    folder: '',
    done: 0,
    total: 0,
    bytes: 0,
    startedAt: null,
    lastLoadedAt: Date.now() - 7_200_000,
    nextAttemptAt: null,
    problem: { code: 'auth.rejected', params: { host: 'imap.northwind.example', serverWords: 'Invalid credentials' } },
    failingSince: Date.now() - 5_400_000,
    disabledBecause: null,
  },
];

function folder(id: number, mailboxId: MailboxId, path: string, more: Partial<Folder> = {}): Folder {
  const levels = path.split('/');
  const name = levels[levels.length - 1] ?? path;
  return {
    id: id as FolderId,
    mailboxId,
    path,
    name,
    separator: '/',
    role: null,
    selected: false,
    total: 0,
    unread: 0,
    ...more,
  };
}

export const cannedFolders: readonly Folder[] = [
  folder(1, supportId, 'INBOX', { role: 'inbox', selected: true, total: 3120, unread: 14 }),
  folder(2, supportId, 'Projects', { selected: true, total: 212, unread: 2 }),
  folder(3, supportId, 'Projects/Boiler house', { total: 48 }),
  folder(4, supportId, 'Sent', { role: 'sent', total: 900 }),
  folder(5, supportId, 'Junk', { role: 'junk', total: 12, unread: 12 }),
  folder(6, salesId, 'INBOX', { role: 'inbox', selected: true, total: 540, unread: 3 }),
];

const serverFolder = (path: string, role: FolderRole | null = null): ServerFolder => ({
  path,
  name: path.split('/').at(-1) ?? path,
  separator: '/',
  role,
  selectable: true,
  identity: null,
});

export const cannedServerFolders: readonly ServerFolder[] = [
  serverFolder('INBOX', 'inbox'),
  serverFolder('Projects'),
  serverFolder('Projects/Boiler house'),
  serverFolder('Projects/Boiler house/2026'),
  serverFolder('Sent', 'sent'),
  serverFolder('Drafts', 'drafts'),
  serverFolder('Junk', 'junk'),
  serverFolder('Trash', 'trash'),
];

export const goodCheck: ConnectionCheck = {
  ok: true,
  certificate: null,
  steps: [
    { name: 'resolve', milliseconds: 12, seen: '203.0.113.7', problem: null, finding: null },
    { name: 'connect', milliseconds: 31, seen: '203.0.113.7:993', problem: null, finding: null },
    { name: 'encrypt', milliseconds: 44, seen: 'TLSv1.3', problem: null, finding: null },
    { name: 'greet', milliseconds: 8, seen: 'Dovecot', problem: null, finding: null },
    { name: 'sign-in', milliseconds: 120, seen: '', problem: null, finding: null },
    { name: 'list-folders', milliseconds: 25, seen: '8', problem: null, finding: null },
    { name: 'read-letter', milliseconds: 18, seen: 'INBOX 1204, UID 1311, 4210 B', problem: null, finding: null },
    { name: 'smtp-connect', milliseconds: 30, seen: '203.0.113.8:465', problem: null, finding: null },
    { name: 'smtp-encrypt', milliseconds: 40, seen: 'TLSv1.3', problem: null, finding: null },
    { name: 'smtp-sign-in', milliseconds: 90, seen: '', problem: null, finding: null },
  ],
};

/** What a look at these folders finds: 4,000 letters in each, 312 of them within the last week. */
export function cannedLook(folders: readonly string[], { loading, afterwards }: MailboxSettings): LoadLook {
  const all = loading.newMail === 'everything' || loading.firstLoadPeriod === 'all';
  const toLoad = all ? 4000 : 312;
  const touched = (kind: typeof afterwards.kind) => (afterwards.kind === kind ? toLoad : 0);
  const sum = (count: number) => count * folders.length;
  return {
    folders: folders.map((path) => ({
      path,
      onServer: 4000,
      toLoad,
      heldBack: 4000 - toLoad,
      tooLarge: 0,
      toMark: touched('mark-read'),
      toMove: touched('move'),
      toDelete: touched('delete'),
    })),
    toLoad: sum(toLoad),
    toMark: sum(touched('mark-read')),
    toMove: sum(touched('move')),
    toDelete: sum(touched('delete')),
    automaticAnswers: 0,
    loadedBefore: 0,
    bytes: sum(toLoad) * 90_000,
    bytesPerSecond: 1_200_000,
    seconds: (sum(toLoad) * 90_000) / 1_200_000,
    providerMbPerDay: null,
    missingFolders: [],
  };
}

/** A pass over the inbox in which nothing went wrong. */
export const cannedReport: LoadReport = {
  mailboxId: supportId,
  mailboxName: 'support@northwind.example',
  folders: [
    {
      path: 'INBOX',
      onServer: 1204,
      loaded: 1200,
      fresh: 17,
      failed: 0,
      heldBack: 4,
      unchanged: false,
      problem: null,
    },
  ],
  ticketsCreated: 5,
  ticketsAppended: 2,
  unreadable: 1,
  quarantined: 3,
  effectsDone: 14,
  effectsFailed: 0,
  unexplained: 0,
  roundTrips: 9,
  caughtUp: null,
  milliseconds: 3200,
  problem: null,
};
