import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { ConsoleProcess } from './console-process.ts';
import { customerDomain } from './letters.ts';
import { isTicked, type ModelMailbox } from './scope.ts';

/** A template, one sender entry for every mailbox, and the mailboxes; by the contract, as a person would. */
export async function setUpConsole(
  { call }: ConsoleProcess,
  mailboxes: readonly ModelMailbox[],
  port: number,
): Promise<ReadonlyMap<string, MailboxId>> {
  const fields = { type: 'Incident', customer: '', object: 'Mail', workKind: 'Repair', criticality: '' };
  const template = await call('templates.save', { templateId: null, settings: { name: 'Mail', fields } });
  const pattern = `*@${customerDomain}`;
  const settings = { pattern, templateId: template.id, mailboxId: null, receiving: true };
  await call('senders.save', { senderEntryId: null, settings, loadedToo: false });
  const ids = new Map<string, MailboxId>();
  for (const mailbox of mailboxes) {
    const draft = {
      settings: settingsOf(mailbox, port),
      password: 'secret',
      outgoingPassword: null,
      mailboxId: null,
    };
    const listed = await call('mailboxes.listServerFolders', { draft });
    const folders = listed.map((folder) => ({ ...folder, selected: isTicked(mailbox, folder.path) }));
    const { id } = await call('mailboxes.add', { draft, folders, learnProviderId: null, confirmed: true });
    ids.set(mailbox.user, id);
  }
  return ids;
}

function settingsOf({ user, protocol, afterwards }: ModelMailbox, port: number): MailboxSettings {
  const address = `${user}@company.example`;
  return {
    name: user,
    address,
    description: '',
    incoming: {
      protocol,
      host: '127.0.0.1',
      port,
      encryption: 'none',
      login: user,
      signIn: 'password',
      pinnedCertificate: null,
      ...(protocol === 'ews' ? { exchange: { ...newExchange, windows: true } } : {}),
    },
    outgoing: null,
    oauth: null,
    sender: { fromAddress: '', fromName: '', replyTo: '' },
    loading: {
      firstLoadPeriod: 'all',
      automatic: false,
      pollMinutes: 60,
      newMail: 'position',
      folders: 'chosen',
      largestMb: 35,
      lane: 0,
    },
    afterwards,
    collectsTickets: true,
    log: 'errors',
    dates: { clientSecretEnds: null, passwordDays: null },
  };
}
