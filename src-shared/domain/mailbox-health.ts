import type { ErrorCode } from '../errors/codes.ts';
import type { WireError } from '../errors/wire.ts';
import type { LoadProgress } from './loading.ts';
import type { Mailbox } from './mailbox.ts';
import type { Instant } from './time.ts';

/** How a mailbox is, in the words of people. The worst first: `mailboxHealths` is also the order of concern. */
export const mailboxHealths = ['needs-you', 'delayed', 'catching-up', 'working', 'disabled'] as const;
export type MailboxHealth = (typeof mailboxHealths)[number];

/** What a person can do about it, at once. */
export type Mend = 'sign-in' | 'certificate' | 'check' | 'settings' | 'enable' | 'try-now';

export interface MailboxCondition {
  readonly health: MailboxHealth;
  /** Nothing goes on without a person, or new mail is turned away without one; also where the console has disabled it after days of failure. */
  readonly needsPerson: boolean;
  /** Since when it fails; null where it does not, or nobody knows. */
  readonly since: Instant | null;
  readonly why: WireError | null;
  readonly mend: Mend | null;
  /** It will be another one by then, without any news; null: only news changes it. */
  readonly changesAt: Instant | null;
}

/** A failure that ends by itself within this is nobody's business: lines drop, servers restart. */
const graceMilliseconds = 60_000;
/** A pass over less than this is what "working" means; the sign would flicker at each poll. */
const noticeableLetters = 20;
const noticeableMilliseconds = 10_000;

export const well: MailboxCondition = {
  health: 'working',
  needsPerson: false,
  since: null,
  why: null,
  mend: null,
  changesAt: null,
};

/** Of a mailbox that receives; `sendingHealth` has the others. `progress` is null until the mailbox was looked at for the first time. */
export function mailboxHealth(mailbox: Mailbox, progress: LoadProgress | null, now: Instant): MailboxCondition {
  if (!mailbox.enabled) return whileDisabled(progress);
  if (progress === null) return well;
  const { problem, phase, failingSince: since } = progress;
  if (phase === 'needs-you') {
    return { ...well, health: 'needs-you', needsPerson: true, since, why: problem, mend: mendFor(problem) };
  }
  // The letters that are there come all the same; new ones are turned away by its server until somebody makes room.
  if (problem?.code === 'quota.exceeded')
    return { ...well, health: 'needs-you', needsPerson: true, since, why: problem, mend: mendFor(problem) };
  // Another console does the work: whatever was before it, the letters come.
  if (problem?.code === 'mailbox.leased') return { ...well, why: problem };
  // A new attempt mends nothing until it has brought something: the sign would flicker at each of them.
  if (problem === null || (isAttempt(progress) && progress.done > 0)) return whileWell(progress, now);
  const { automatic } = mailbox.settings.loading;
  const delayed: MailboxCondition = { ...well, health: 'delayed', since, why: problem, mend: mendFor(problem) };
  // Loaded by hand only: nobody tries again, so there is nothing to wait for.
  if (!automatic) return delayed;
  // A line that was lost while new mail was awaited is not a failed pass yet: the next pass will tell.
  if (since === null) return whileWell(progress, now);
  const graceEnds = since + graceMilliseconds;
  return now < graceEnds ? { ...whileWell(progress, now), changesAt: graceEnds } : delayed;
}

function whileDisabled(progress: LoadProgress | null): MailboxCondition {
  const why = progress?.disabledBecause ?? null;
  if (why === null) return { ...well, health: 'disabled' };
  return {
    ...well,
    health: 'disabled',
    needsPerson: true,
    since: progress?.failingSince ?? null,
    why,
    mend: 'enable',
  };
}

function whileWell(progress: LoadProgress, now: Instant): MailboxCondition {
  const { done, total, startedAt } = progress;
  // Cut off in the middle: the rest comes with the next attempt.
  if (progress.phase === 'retrying' && done > 0 && total - done > 0) return { ...well, health: 'catching-up' };
  if (!isLoading(progress)) return well;
  const noticeableAt = (startedAt ?? now) + noticeableMilliseconds;
  if (total >= noticeableLetters || now >= noticeableAt) return { ...well, health: 'catching-up' };
  return { ...well, changesAt: noticeableAt };
}

function isLoading({ phase }: LoadProgress): boolean {
  return phase === 'loading' || phase === 'sorting';
}

function isAttempt(progress: LoadProgress): boolean {
  return progress.phase === 'connecting' || isLoading(progress);
}

const mends: Partial<Record<ErrorCode, Mend>> = {
  'auth.rejected': 'sign-in',
  'auth.expired': 'sign-in',
  'auth.sign-in-missing': 'sign-in',
  'auth.consent-required': 'sign-in',
  'auth.client-proof-missing': 'settings',
  'auth.client-refused': 'settings',
  'vault.secret-missing': 'sign-in',
  'auth.not-encrypted': 'settings',
  'tls.certificate-expired': 'certificate',
  'tls.certificate-other-name': 'certificate',
  'tls.certificate-untrusted': 'certificate',
  'tls.certificate-changed': 'certificate',
  'tls.starttls-missing': 'settings',
  'tls.too-old': 'check',
  'tls.failed': 'settings',
  'network.unknown-host': 'settings',
  'server.refers-elsewhere': 'settings',
  'server.unsupported': 'settings',
};

/** What a person can do about a problem of its connections. */
export function mendFor(problem: WireError | null): Mend {
  return (problem && mends[problem.code]) ?? 'try-now';
}

/** Not as it should be: it needs a person, or has been failing for a while. */
export function isTroubled({ health, needsPerson }: MailboxCondition): boolean {
  return needsPerson || health === 'delayed';
}

/** The word for how much it matters: of several mailboxes, one that the console had to disable needs a person as well. */
export function concernOf({ health, needsPerson }: MailboxCondition): MailboxHealth {
  return needsPerson ? 'needs-you' : health;
}

/** Of several mailboxes: the concern of the one which needs the most; those that a person disabled are left out. */
export function worstHealth(conditions: readonly MailboxCondition[]): MailboxHealth {
  const concerns = conditions.map(concernOf);
  return mailboxHealths.find((health) => health !== 'disabled' && concerns.includes(health)) ?? 'working';
}
