import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Store } from '../store/store.ts';

export async function findMailbox(store: Pick<Store, 'call'>, mailboxId: MailboxId): Promise<Mailbox> {
  const mailbox = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
  if (!mailbox) throw new AppError('mailbox.unknown');
  return mailbox;
}

/** Which application's secrets lie under this id: that of a mailbox, or of a connection prepared beside one. */
export async function findRegistration(store: Pick<Store, 'call'>, id: MailboxId): Promise<OAuthSettings | null> {
  const mailbox = (await store.call('mailboxes.list', undefined)).find((one) => one.id === id);
  if (mailbox) return mailbox.settings.oauth;
  const prepared = (await store.call('switches.list', undefined)).find(({ vaultId }) => vaultId === id);
  if (!prepared) throw new AppError('mailbox.unknown');
  return prepared.connection.oauth;
}
