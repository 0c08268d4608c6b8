import type { LoadProgress } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { type MailboxHealth, mailboxHealth } from '../../src-shared/domain/mailbox-health.ts';
import { useQuery } from './use-query.ts';

export interface MailboxState {
  readonly mailbox: Mailbox;
  /** Null until the mailbox was looked at for the first time. */
  readonly progress: LoadProgress | null;
  readonly health: MailboxHealth;
}

/** Every mailbox with how it is; undefined while it is being read. */
export function useMailboxStates() {
  const mailboxes = useQuery('mailboxes.list');
  const progress = useQuery('loading.status');
  const error = mailboxes.error ?? progress.error;
  const states = mailboxes.data?.map((mailbox): MailboxState => {
    const own = progress.data?.find((one) => one.mailboxId === mailbox.id) ?? null;
    return { mailbox, progress: own, health: mailboxHealth(mailbox, own) };
  });
  const readAgain = () => {
    void mailboxes.refetch();
    void progress.refetch();
  };
  return { states, error, readAgain };
}

/** Passes that do something right now. */
export function isRunning({ progress }: MailboxState): boolean {
  return progress !== null && (progress.phase === 'loading' || progress.phase === 'sorting');
}
