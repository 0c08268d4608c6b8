/** Who may import whom. Read top to bottom: processes, layers, single rules. */
export interface DependencyRule {
  readonly name: string;
  readonly reason: string;
  /** Which files it is about. */
  readonly from: RegExp;
  readonly exceptFrom?: RegExp;
  /** What they may not import: a path from the root, or a package. */
  readonly to: RegExp;
  readonly exceptTo?: RegExp;
  /** An import that must be found guilty: proves that the rule fires. */
  readonly offence: readonly [from: string, to: string];
}

const foundation = 'net|jobs|logs|events|mime|files';

/** Domain folders of src-main: what each may import besides itself, the foundation and src-shared. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  detection: ['store'],
  credentials: [],
  connectors: [],
  store: [],
  'sign-in': [],
  accounts: ['detection', 'credentials', 'connectors', 'sign-in', 'store'],
  mail: ['accounts', 'connectors', 'store'],
  sync: ['accounts', 'connectors', 'store'],
  sending: ['accounts', 'connectors', 'store'],
  tickets: ['sending', 'store'],
  ledger: ['accounts', 'connectors', 'store'],
  calendar: ['connectors', 'store'],
  contacts: ['connectors', 'store'],
  settings: ['store'],
  trust: ['store'],
  ipc: ['accounts', 'detection', 'mail', 'sync', 'sending', 'tickets', 'ledger', 'settings', 'app'],
  'demo-servers': [],
};

const layerRules = Object.entries(mayImport).map(
  ([folder, allowed]): DependencyRule => ({
    name: `${folder}-imports`,
    reason: `${folder} may import ${allowed.join(', ') || 'only the foundation'}`,
    from: new RegExp(`^src-main/${folder}/`),
    to: /^src-main\//,
    exceptTo: new RegExp(`^src-main/(${[folder, ...allowed].join('|')}|${foundation})/`),
    offence: [`src-main/${folder}/x.ts`, 'src-main/cli/cli.ts'],
  }),
);

const screens = 'calendar|contacts|today|mailboxes|mail|tickets|rules|ledger|quarantine|outbox|settings';

export const dependencyRules: readonly DependencyRule[] = [
  {
    name: 'no-tests-in-program',
    reason: 'the program does not know its tests',
    from: /^src-/,
    to: /^tests\//,
    offence: ['src-main/app/wire.ts', 'tests/support/dovecot.ts'],
  },
  {
    name: 'shared-is-pure',
    reason: 'src-shared runs everywhere: itself, zod and i18next only',
    from: /^src-shared\//,
    to: /./,
    exceptTo: /^src-shared\/|^zod$|^i18next$/,
    offence: ['src-shared/domain/x.ts', 'node:fs'],
  },
  {
    name: 'page-sees-only-shared',
    reason: 'the page reaches the rest through the contract, and has no Node',
    from: /^src-renderer\//,
    to: /^src-main\/|^electron$|^node:/,
    offence: ['src-renderer/mail/x.tsx', 'src-main/mail/mail.ts'],
  },
  {
    name: 'main-ignores-page',
    reason: 'src-main never imports src-renderer',
    from: /^src-main\//,
    to: /^src-renderer\//,
    offence: ['src-main/app/x.ts', 'src-renderer/app/app.tsx'],
  },
  {
    name: 'electron-by-suffix',
    reason: 'only *.electron.ts imports electron',
    from: /^src-/,
    exceptFrom: /\.electron\.ts$/,
    to: /^electron$/,
    offence: ['src-main/mail/x.ts', 'electron'],
  },
  {
    name: 'electron-files-stay-apart',
    reason: 'what runs without Electron imports nothing that needs it',
    from: /^src-main\//,
    exceptFrom: /\.electron\.ts$/,
    to: /\.electron\.ts$/,
    offence: ['src-main/cli/cli.ts', 'src-main/app/windows.electron.ts'],
  },
  {
    name: 'preload-is-thin',
    reason: 'the preload knows the wire only',
    from: /^src-main\/preload\//,
    to: /^src-/,
    exceptTo: /^src-shared\/contract\/|^src-main\/ipc\/channels\.ts$/,
    offence: ['src-main/preload/preload.electron.ts', 'src-main/mail/mail.ts'],
  },
  {
    name: 'domain-first',
    reason: 'nouns depend on nouns and on the list of errors',
    from: /^src-shared\/domain\//,
    to: /^src-shared\//,
    exceptTo: /^src-shared\/(domain|errors)\//,
    offence: ['src-shared/domain/x.ts', 'src-shared/contract/mail.ts'],
  },
  {
    name: 'errors-first',
    reason: 'error codes depend on nothing',
    from: /^src-shared\/errors\//,
    to: /^src-shared\//,
    exceptTo: /^src-shared\/errors\//,
    offence: ['src-shared/errors/x.ts', 'src-shared/domain/mailbox.ts'],
  },
  {
    name: 'foundation-is-lowest',
    reason: 'network, jobs, logs, events and mime know no domain',
    from: new RegExp(`^src-main/(${foundation})/`),
    to: /^src-main\//,
    exceptTo: new RegExp(`^src-main/(${foundation})/`),
    offence: ['src-main/net/x.ts', 'src-main/mail/mail.ts'],
  },
  ...layerRules,
  {
    name: 'protocols-are-sealed',
    reason: 'no protocol knows another',
    from: /^src-main\/connectors\/imap\//,
    to: /^src-main\/connectors\/(smtp|pop3|ews|graph)\//,
    offence: ['src-main/connectors/imap/x.ts', 'src-main/connectors/smtp/errors.ts'],
  },
  {
    name: 'pop3-is-sealed',
    reason: 'no protocol knows another',
    from: /^src-main\/connectors\/pop3\//,
    to: /^src-main\/connectors\/(imap|smtp|ews|graph)\//,
    offence: ['src-main/connectors/pop3/x.ts', 'src-main/connectors/imap/errors.ts'],
  },
  {
    name: 'pop3-library-in-its-folder',
    reason: 'node-pop3 is used by the POP3 connector alone',
    from: /^src-/,
    exceptFrom: /^src-main\/connectors\/pop3\//,
    to: /^node-pop3$/,
    offence: ['src-main/sync/x.ts', 'node-pop3'],
  },
  {
    name: 'sign-in-libraries-in-their-files',
    reason: 'each library for signing in is used in one file',
    from: /^src-/,
    exceptFrom: /^src-main\/sign-in\/(open-id|microsoft)\.ts$/,
    to: /^openid-client$|^@azure\/msal-node$/,
    offence: ['src-main/accounts/x.ts', 'openid-client'],
  },
  {
    name: 'ews-is-sealed',
    reason: 'no protocol knows another',
    from: /^src-main\/connectors\/ews\//,
    to: /^src-main\/connectors\/(imap|smtp|pop3|graph)\//,
    offence: ['src-main/connectors/ews/x.ts', 'src-main/connectors/imap/errors.ts'],
  },
  {
    name: 'graph-is-sealed',
    reason: 'no protocol knows another',
    from: /^src-main\/connectors\/graph\//,
    to: /^src-main\/connectors\/(imap|smtp|pop3|ews)\//,
    offence: ['src-main/connectors/graph/x.ts', 'src-main/connectors/ews/errors.ts'],
  },
  {
    name: 'ews-library-in-one-file',
    reason: 'ews-javascript-api is reached where it is mended',
    from: /^src-/,
    exceptFrom: /^src-main\/connectors\/ews\/library\.ts$/,
    to: /^(ews-javascript-api|@ewsjs\/)/,
    offence: ['src-main/connectors/ews/session.ts', 'ews-javascript-api'],
  },
  {
    name: 'sql-in-the-store',
    reason: 'SQLite only inside the store process',
    from: /^src-/,
    exceptFrom: /^src-main\/store\/(process|queries|migrations|search)\//,
    to: /^better-sqlite3$/,
    offence: ['src-main/store/store.ts', 'better-sqlite3'],
  },
  {
    name: 'store-inside-is-alone',
    reason: 'the store process sees the store, the parser and the log',
    from: /^src-main\/store\/(process|queries|migrations|search)\//,
    to: /^src-main\//,
    exceptTo: /^src-main\/(store|logs|mime)\//,
    offence: ['src-main/store/process/x.ts', 'src-main/net/tls.ts'],
  },
  {
    name: 'keychain-in-one-file',
    reason: 'only the vault touches the keychain',
    from: /^src-/,
    exceptFrom: /^src-main\/credentials\/os-keychain\.ts$/,
    to: /^keytar$/,
    offence: ['src-main/accounts/x.ts', 'keytar'],
  },
  {
    name: 'demo-only-on-request',
    reason: 'demo servers are started by demo mode and by tests',
    from: /^src-/,
    exceptFrom: /^src-main\/(demo-servers|cli|app)\//,
    to: /^src-main\/demo-servers\//,
    offence: ['src-main/sync/x.ts', 'src-main/demo-servers/demo-servers.ts'],
  },
  {
    name: 'screens-are-sealed',
    reason: 'a screen does not import another screen',
    from: new RegExp(`^src-renderer/(${screens})/`),
    to: new RegExp(`^src-renderer/(${screens})/`),
    offence: ['src-renderer/mail/x.tsx', 'src-renderer/tickets/ticket-screen.tsx'],
  },
  {
    name: 'ui-is-dumb',
    reason: 'components of the house know no data',
    from: /^src-renderer\/ui\//,
    to: /^src-renderer\//,
    exceptTo: /^src-renderer\/(ui|i18n)\//,
    offence: ['src-renderer/ui/x.tsx', 'src-renderer/ipc/ipc.ts'],
  },
];

/** Rules that an import breaks. A screen's own folder is its own business, so the two ends are compared as well. */
export function brokenRules(from: string, to: string): readonly string[] {
  return dependencyRules
    .filter(
      (rule) => rule.from.test(from) && !rule.exceptFrom?.test(from) && rule.to.test(to) && !rule.exceptTo?.test(to),
    )
    .filter((rule) => rule.name !== 'screens-are-sealed' || from.split('/')[1] !== to.split('/')[1])
    .map((rule) => rule.name);
}
