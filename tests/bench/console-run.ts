import { openConsole } from '../../src-main/app/terminal-console.ts';
import type { TerminalConsole } from '../../src-main/cli/open-console.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import {
  benchPassphrase,
  type ConsoleJob,
  type ConsoleResult,
  dovecotPassword,
  type LoadJob,
  type LoadResult,
  type SearchJob,
  type SearchResult,
} from './console-job.ts';
import { mailboxAddress } from './generate-mailbox.ts';
import { watchEventLoop } from './watch-event-loop.ts';

/** Entry of a child process: the real services, opened as the terminal opens them. The job comes as JSON in the first argument. */
const job = JSON.parse(process.argv[2] ?? '') as ConsoleJob;
const console = await openConsole({
  profile: job.profile,
  vault: job.vault,
  passphrase: job.vault === 'passphrase' ? benchPassphrase : null,
  automatic: false,
  person: { askWhereToSave: async () => null, openLink: async () => {} },
});
try {
  const result: ConsoleResult = job.kind === 'load' ? await load(console, job) : await search(console, job);
  process.send?.(result);
} finally {
  await console.close();
  process.disconnect?.();
}

async function load({ client }: TerminalConsole, { imapPort, user }: LoadJob): Promise<LoadResult> {
  const settings = mailboxSettings(imapPort, user);
  const draft = { settings, password: dovecotPassword, outgoingPassword: null, mailboxId: null };
  const listed = await client.call('mailboxes.listServerFolders', { draft });
  const folders = listed.map((folder) => ({ ...folder, selected: folder.role === 'inbox' }));
  const mailbox = await client.call('mailboxes.add', { draft, folders, learnProviderId: null });
  const endWatch = watchEventLoop();
  const start = performance.now();
  const [report] = await client.call('loading.run', { mailboxIds: [mailbox.id] });
  const ms = performance.now() - start;
  const blocks = endWatch();
  if (report === undefined || report.problem !== null) throw new Error(`not loaded: ${JSON.stringify(report)}`);
  const letters = report.folders.reduce((sum, { fresh }) => sum + fresh, 0);
  return { kind: 'load', ms, letters, unreadable: report.unreadable, blocks };
}

async function search({ client }: TerminalConsole, { queries }: SearchJob): Promise<SearchResult> {
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const ms: number[] = [];
  const found: number[] = [];
  for (const { text } of queries) {
    const start = performance.now();
    const page = await client.call('mail.search', { query: text, scope, before: null, limit: 50 });
    ms.push(performance.now() - start);
    found.push(page.length);
  }
  return { kind: 'search', ms, found };
}

/** Without encryption, as the peers: what is compared is not TLS. */
function mailboxSettings(port: number, user: string): MailboxSettings {
  return {
    name: user,
    address: mailboxAddress,
    description: '',
    incoming: { host: '127.0.0.1', port, encryption: 'none', login: user, signIn: 'password', pinnedCertificate: null },
    outgoing: null,
    sender: { fromAddress: '', fromName: '', replyTo: '' },
    loading: { firstLoadPeriod: 'all', automatic: false, pollMinutes: 5 },
    collectsTickets: false,
  };
}
