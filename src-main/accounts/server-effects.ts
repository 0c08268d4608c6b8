import { type MailboxSettings, touchesMore } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

/** Nothing happens on a server unless a person has seen it in numbers. Throws `mailbox.not-confirmed`. */
export function refuseUnconfirmed(before: MailboxSettings | null, after: MailboxSettings, confirmed: boolean): void {
  if (!confirmed && touchesMore(before, after)) throw new AppError('mailbox.not-confirmed');
}
