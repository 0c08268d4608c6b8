import { canSend, type Mailbox, type SenderIdentity } from './mailbox.ts';

/** By which mailbox the answers to another's letters leave, and who they are from. */
export interface AnswerWay {
  readonly mailbox: Mailbox;
  readonly sender: SenderIdentity;
}

/**
 * A mailbox that sends answers for itself. For one that only receives, the mailbox named in it does; what it says itself of its sender goes before what the other says,
 * so that answers to them come back to where the first letter came. Null: nobody can send them (R51).
 */
export function answerWay(mailbox: Mailbox, mailboxes: readonly Mailbox[]): AnswerWay | null {
  const { settings } = mailbox;
  if (settings.outgoing !== null) return canSend(settings) ? { mailbox, sender: settings.sender } : null;
  const other = mailboxes.find(({ id }) => id === settings.answeredBy);
  if (other === undefined) return null;
  const { fromAddress, fromName, replyTo } = settings.sender;
  const sender = {
    fromAddress: fromAddress || other.settings.sender.fromAddress,
    fromName: fromName || other.settings.sender.fromName,
    replyTo: replyTo || settings.address,
  };
  return canSend({ ...other.settings, sender }) ? { mailbox: other, sender } : null;
}
