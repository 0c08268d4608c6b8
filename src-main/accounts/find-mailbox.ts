import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Store } from '../store/store.ts';

export async function findMailbox(store: Pick<Store, 'call'>, mailboxId: MailboxId): Promise<Mailbox> {
  const mailbox = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
  if (!mailbox) throw new AppError('mailbox.unknown');
  return mailbox;
}
