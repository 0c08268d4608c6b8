import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/define-contract.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
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

export async function addMailbox(call: AskConsole, { imapPort, user }: MailboxOnServer): Promise<MailboxId> {
  const settings = mailboxSettings(imapPort, user);
  const draft = { settings, password: dovecotPassword, outgoingPassword: null, mailboxId: null };
  const listed = await call('mailboxes.listServerFolders', { draft });
  const folders = listed.map((folder) => ({ ...folder, selected: folder.role === 'inbox' }));
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
    incoming: { host: '127.0.0.1', port, encryption: 'none', login: user, signIn: 'password', pinnedCertificate: null },
    outgoing: null,
    sender: { fromAddress: '', fromName: '', replyTo: '' },
    loading: { firstLoadPeriod: 'all', automatic: false, pollMinutes: 5 },
    collectsTickets: false,
  };
}
