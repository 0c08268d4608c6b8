import type { LoadPhase, LoadProgress } from './loading.ts';
import type { Mailbox } from './mailbox.ts';

/** How a mailbox is, in the words of people. The worst first: `mailboxHealths` is also the order of concern. */
export const mailboxHealths = ['needs-you', 'delayed', 'catching-up', 'working', 'disabled'] as const;
export type MailboxHealth = (typeof mailboxHealths)[number];

const healthOfPhase: Readonly<Record<LoadPhase, MailboxHealth>> = {
  'needs-you': 'needs-you',
  retrying: 'delayed',
  loading: 'catching-up',
  sorting: 'catching-up',
  connecting: 'working',
  waiting: 'working',
  off: 'working',
};

/** `progress` is null until the mailbox was looked at for the first time. */
export function mailboxHealth({ enabled }: Mailbox, progress: LoadProgress | null): MailboxHealth {
  if (!enabled) return 'disabled';
  if (!progress) return 'working';
  // Loaded by hand only, and the last time it failed: nobody tries again, but nothing blocks a person either.
  if (progress.phase === 'off' && progress.problem) return 'delayed';
  // A new attempt mends nothing until it has brought something: the sign would flicker at each of them.
  if (isAttempt(progress.phase) && progress.problem && progress.done === 0) return 'delayed';
  return healthOfPhase[progress.phase];
}

function isAttempt(phase: LoadPhase): boolean {
  return phase === 'connecting' || phase === 'loading' || phase === 'sorting';
}

/** Of several mailboxes: that of the one which needs the most; disabled ones are left out. */
export function worstHealth(healths: readonly MailboxHealth[]): MailboxHealth {
  return mailboxHealths.find((health) => healths.includes(health)) ?? 'working';
}
