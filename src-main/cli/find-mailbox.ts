import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Session } from './session.ts';

/** By name, or by address, without case. Throws `mailbox.unknown`. */
export async function findMailbox(session: Pick<Session, 'call'>, name: string): Promise<Mailbox> {
  const mailboxes = await session.call('mailboxes.list', undefined);
  const wanted = name.toLowerCase();
  const found =
    mailboxes.find(({ settings }) => settings.name.toLowerCase() === wanted) ??
    mailboxes.find(({ settings }) => settings.address.toLowerCase() === wanted);
  if (!found) throw new AppError('mailbox.unknown', { name });
  return found;
}
