import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/define-contract.ts';
import type { ServerFolder } from '../../src-shared/domain/folder.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { FirstLoadPeriod, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { mailboxAddress } from './generate-mailbox.ts';

/** Of every user of the private Dovecot. */
export const dovecotPassword = 'secret';

/** A console, however it is reached: from the page of its window, or in the same process. */
export type AskConsole = <N extends MethodName<AppContract>>(
  name: N,
  input: Input<AppContract, N>,
) => Promise<Output<AppContract, N>>;

export interface MailboxOnServer {
  readonly imapPort: number;
  readonly user: string;
}

export interface Loaded {
  /** From the wish to load until all is parsed, indexed and committed. */
  readonly ms: number;
  readonly letters: number;
  readonly unreadable: number;
}

export interface LoadWish {
  /** By itself, as in a window that is left open. */
  readonly automatic?: boolean;
  readonly folders?: (folder: ServerFolder) => boolean;
  readonly firstLoadPeriod?: FirstLoadPeriod;
}

export async function addMailbox(
  call: AskConsole,
  { imapPort, user }: MailboxOnServer,
  { automatic = false, folders: wanted = ({ role }) => role === 'inbox', firstLoadPeriod = 'all' }: LoadWish = {},
): Promise<MailboxId> {
  const usual = mailboxSettings(imapPort, user);
  const settings = { ...usual, loading: { ...usual.loading, automatic, firstLoadPeriod } };
  const draft = { settings, password: dovecotPassword, outgoingPassword: null, mailboxId: null };
  const listed = await call('mailboxes.listServerFolders', { draft });
  const folders = listed.map((folder) => ({ ...folder, selected: wanted(folder) }));
  const { id } = await call('mailboxes.add', { draft, folders, learnProviderId: null });
  return id;
}

export async function loadMailbox(call: AskConsole, mailboxId: MailboxId): Promise<Loaded> {
  const start = performance.now();
  const [report] = await call('loading.run', { mailboxIds: [mailboxId] });
  const ms = performance.now() - start;
  if (report === undefined || report.problem !== null) throw new Error(`not loaded: ${JSON.stringify(report)}`);
  const letters = report.folders.reduce((sum, { fresh }) => sum + fresh, 0);
  return { ms, letters, unreadable: report.unreadable };
}

/** Without encryption, as the peers: what is compared is not TLS. */
function mailboxSettings(port: number, user: string): MailboxSettings {
  return {
    name: user,
    address: mailboxAddress,
    description: '',
    incoming: {
      protocol: 'imap',
      host: '127.0.0.1',
      port,
      encryption: 'none',
      login: user,
      signIn: 'password',
      pinnedCertificate: null,
    },
    outgoing: null,
    oauth: null,
    sender: { fromAddress: '', fromName: '', replyTo: '' },
    loading: {
      firstLoadPeriod: 'all',
      automatic: false,
      pollMinutes: 5,
      newMail: 'position',
      folders: 'chosen',
      largestMb: 35,
      lane: 0,
    },
    afterwards: { kind: 'leave' },
    collectsTickets: false,
    log: 'errors',
    dates: { clientSecretEnds: null, passwordDays: null },
  };
}
