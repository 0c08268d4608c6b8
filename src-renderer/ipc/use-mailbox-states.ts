import { useEffect, useReducer } from 'react';
import type { LoadProgress } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { type MailboxCondition, mailboxHealth } from '../../src-shared/domain/mailbox-health.ts';
import { sendingHealth } from '../../src-shared/domain/sending-health.ts';
import { useQuery } from './use-query.ts';

export interface MailboxState {
  readonly mailbox: Mailbox;
  /** Null until the mailbox was looked at for the first time. */
  readonly progress: LoadProgress | null;
  readonly condition: MailboxCondition;
}

/** Every mailbox with how it is; undefined while it is being read. */
export function useMailboxStates() {
  const mailboxes = useQuery('mailboxes.list');
  const progress = useQuery('loading.status');
  // Asked where a mailbox hangs on it alone.
  const sendsOnly = mailboxes.data?.some((mailbox) => !isReceiving(mailbox)) ?? false;
  const waiting = useQuery('outbox.list', { states: ['queued'], limit: 500 }, { enabled: sendsOnly });
  const error = mailboxes.error ?? progress.error;
  const now = Date.now();
  const states = mailboxes.data?.map((mailbox): MailboxState => {
    const own = progress.data?.find((one) => one.mailboxId === mailbox.id) ?? null;
    const condition = isReceiving(mailbox)
      ? mailboxHealth(mailbox, own, now)
      : sendingHealth(mailbox, waiting.data ?? []);
    return { mailbox, progress: own, condition };
  });
  useLookAgain(states);
  const readAgain = () => {
    void mailboxes.refetch();
    void progress.refetch();
  };
  return { states, error, readAgain };
}

/** A failure that goes on becomes a delay without any news: drawn again when the first of them is due. */
function useLookAgain(states: readonly MailboxState[] | undefined): void {
  const [, draw] = useReducer((times: number) => times + 1, 0);
  const due = Math.min(...(states ?? []).map(({ condition }) => condition.changesAt ?? Number.POSITIVE_INFINITY));
  useEffect(() => {
    if (due === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(draw, Math.max(0, due - Date.now()) + 1);
    return () => clearTimeout(timer);
  }, [due]);
}

/** Passes that do something right now. */
export function isRunning({ progress }: MailboxState): boolean {
  return progress !== null && (progress.phase === 'loading' || progress.phase === 'sorting');
}

/** Passes long enough to be watched: a poll that brings three letters is over before it is read. */
export function isWorthWatching(state: MailboxState): boolean {
  return isRunning(state) && state.condition.health === 'catching-up';
}
