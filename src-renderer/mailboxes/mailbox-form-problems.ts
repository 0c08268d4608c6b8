import { z } from 'zod';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { TextKey } from '../../src-shared/i18n/i18n.ts';

export interface FormProblems {
  readonly name?: TextKey;
  readonly incomingHost?: TextKey;
  readonly outgoingHost?: TextKey;
  readonly fromAddress?: TextKey;
  readonly replyTo?: TextKey;
}

const emailOrEmpty = z.union([z.literal(''), z.email()]);

/** What cannot be saved, by field. An empty sender identity can: it only means that nothing is sent (R51). */
export function problemsOf({ name, incoming, outgoing, sender }: MailboxSettings): FormProblems {
  return {
    ...(name.trim() === '' ? { name: 'mailboxPage.missing' } : {}),
    ...(incoming.host === '' ? { incomingHost: 'mailboxPage.hostMissing' } : {}),
    ...(outgoing?.host === '' ? { outgoingHost: 'mailboxPage.hostMissing' } : {}),
    ...(emailOrEmpty.safeParse(sender.fromAddress).success ? {} : { fromAddress: 'sender.invalid' }),
    ...(emailOrEmpty.safeParse(sender.replyTo).success ? {} : { replyTo: 'sender.invalid' }),
  };
}
