import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { mailboxesContract } from '../../../src-shared/contract/mailboxes.ts';
import type { Accounts } from '../../accounts/accounts.ts';
import type { Events } from '../../events/events.ts';

export interface MailboxHandlerParts {
  readonly accounts: Accounts;
  readonly events: Pick<Events, 'emit'>;
  readonly saveReport: (text: string) => Promise<{ readonly path: string } | null>;
}

export const mailboxHandlers = ({
  accounts,
  events,
  saveReport,
}: MailboxHandlerParts): Handlers<typeof mailboxesContract> => ({
  'mailboxes.list': async () => [...(await accounts.list())],
  'mailboxes.get': ({ mailboxId }) => accounts.get(mailboxId),
  'mailboxes.detect': ({ address }) => accounts.detect(address),
  'providers.list': async () => [...accounts.providers()],
  'mailboxes.signIn': ({ draft }, signal) => accounts.signIn(draft, signal),
  'mailboxes.check': ({ draft, checkId, writeFlag, sendLetter }, signal) =>
    accounts.check(draft, signal, {
      writeFlag,
      sendLetter,
      onStep: (step) => checkId !== null && events.emit('mailboxes.checkStep', { checkId, step }),
    }),
  'mailboxes.saveReport': ({ text }) => saveReport(text),
  'mailboxes.listServerFolders': async ({ draft }, signal) => [...(await accounts.listServerFolders(draft, signal))],
  'mailboxes.look': (question, signal) => accounts.look(question, signal),
  'mailboxes.add': (mailbox) => accounts.add(mailbox),
  'mailboxes.update': ({ draft, confirmed }) => accounts.update(draft, confirmed),
  'mailboxes.setEnabled': ({ mailboxId, enabled }) => accounts.setEnabled(mailboxId, enabled),
  'mailboxes.remove': ({ mailboxId, keepMail }) => accounts.remove(mailboxId, keepMail),
  'folders.list': async ({ mailboxId }) => [...(await accounts.folders(mailboxId))],
  'folders.refresh': async ({ mailboxId }, signal) => [...(await accounts.refreshFolders(mailboxId, signal))],
  'folders.select': async ({ mailboxId, selected, confirmed }) => [
    ...(await accounts.selectFolders(mailboxId, selected, confirmed)),
  ],
});
