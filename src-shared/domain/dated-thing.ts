import { z } from 'zod';
import { isJudged } from './certificate-authority.ts';
import { exchangeOnlineEnds, isExchangeOnline } from './exchange.ts';
import { type MailboxId, mailboxIdSchema } from './ids.ts';
import type { Mailbox, OutgoingEndpoint } from './mailbox.ts';
import { type Instant, instantSchema } from './time.ts';

/** What was seen of a mailbox, with a moment: an end that is read, or a beginning that an end is counted from. */
export const dateFactSchema = z.enum([
  'client-certificate-ends',
  'incoming-certificate-ends',
  'outgoing-certificate-ends',
  'grant-renewed',
  'password-set',
]);
export type DateFact = z.infer<typeof dateFactSchema>;
/** `authority-ends` is seen of no mailbox: it is the nearest end of those that were added for its servers. */
export type DateFacts = Readonly<Partial<Record<DateFact | 'authority-ends', Instant>>>;

/** What of a mailbox ends on a day. Sentences: `date.<kind>` (what it is) and `date.<kind>.do` (the step to take). */
export const datedKindSchema = z.enum([
  'client-secret',
  'client-certificate',
  'sign-in',
  'incoming-certificate',
  'outgoing-certificate',
  'authority',
  'password',
  'exchange-blocked',
  'exchange-gone',
  'smtp-password',
]);
export type DatedKind = z.infer<typeof datedKindSchema>;

/** Of these another protocol or another sign-in is the mend. */
export const endsWithConnection: ReadonlySet<DatedKind> = new Set([
  'exchange-blocked',
  'exchange-gone',
  'smtp-password',
  'password',
]);

export const datedThingSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    mailboxName: z.string(),
    kind: datedKindSchema,
    endsAt: instantSchema,
    /** Whole days, rounded up; zero and less: it has ended. */
    daysLeft: z.number().int(),
  })
  .readonly();
export type DatedThing = z.infer<typeof datedThingSchema>;

export const noticeDays = [60, 30, 7, 1] as const;
export type NoticeDays = (typeof noticeDays)[number];

export const dateNoticeSchema = datedThingSchema
  .unwrap()
  .extend({ threshold: z.union([z.literal(60), z.literal(30), z.literal(7), z.literal(1)]) })
  .readonly();
export type DateNotice = z.infer<typeof dateNoticeSchema>;

const dayMilliseconds = 86_400_000;
/** Microsoft forgets a refresh token that was not used for so long. */
const idleGrantDays = 90;
/** Off by default from the end of December 2026; an administrator may switch it on again for a while. */
const smtpPasswordsOff = Date.UTC(2026, 11, 31);

const exchangeOnlineSubmission = /^smtp(-legacy)?\.office365\.com$/i;

/** Of one mailbox, the nearest first. */
export function datedThings(mailbox: Mailbox, facts: DateFacts, now: Instant): readonly DatedThing[] {
  const { id: mailboxId, settings } = mailbox;
  return endsOf(mailbox, facts)
    .flatMap(([kind, endsAt]) => (endsAt === null || endsAt === undefined ? [] : [{ kind, endsAt }]))
    .map(({ kind, endsAt }) => ({
      mailboxId,
      mailboxName: settings.name,
      kind,
      endsAt,
      daysLeft: Math.ceil((endsAt - now) / dayMilliseconds),
    }))
    .sort(byEnd);
}

export function byEnd(one: DatedThing, other: DatedThing): number {
  return one.endsAt - other.endsAt;
}

function endsOf(
  { settings, createdAt }: Mailbox,
  facts: DateFacts,
): readonly (readonly [DatedKind, Instant | null | undefined])[] {
  const { incoming, outgoing, oauth, dates } = settings;
  const byToken = [incoming, outgoing].some((endpoint) => endpoint?.signIn === 'oauth2');
  const byPassword = [incoming, outgoing].some((endpoint) => endpoint?.signIn === 'password');
  const proof = byToken ? oauth?.proof : undefined;
  const renewed = byToken && oauth?.authority === 'microsoft' && oauth.flow === 'interactive';
  const online = [incoming, outgoing].some((it) => it?.protocol === 'ews' && isExchangeOnline(it.host));
  return [
    ['client-secret', proof === 'secret' ? dates.clientSecretEnds : null],
    ['client-certificate', proof === 'certificate' ? facts['client-certificate-ends'] : null],
    ['sign-in', renewed ? after(facts['grant-renewed'], idleGrantDays) : null],
    ['incoming-certificate', incoming && isJudged(incoming) ? facts['incoming-certificate-ends'] : null],
    ['outgoing-certificate', outgoing && isJudged(outgoing) ? facts['outgoing-certificate-ends'] : null],
    ['authority', facts['authority-ends']],
    ['password', byPassword ? after(facts['password-set'] ?? createdAt, dates.passwordDays) : null],
    ['exchange-blocked', online ? Date.parse(exchangeOnlineEnds.blocked) : null],
    ['exchange-gone', online ? Date.parse(exchangeOnlineEnds.gone) : null],
    ['smtp-password', outgoing && sendsByPassword(outgoing) ? smtpPasswordsOff : null],
  ];
}

function after(begun: Instant | undefined, days: number | null): Instant | null {
  return begun === undefined || days === null ? null : begun + days * dayMilliseconds;
}

function sendsByPassword({ protocol, signIn, host }: OutgoingEndpoint): boolean {
  return protocol !== 'ews' && signIn === 'password' && exchangeOnlineSubmission.test(host);
}

/** The nearest threshold that was passed; null: there is time yet. Those passed before it are never told any more. */
export function thresholdOf({ daysLeft }: Pick<DatedThing, 'daysLeft'>): NoticeDays | null {
  return [...noticeDays].reverse().find((days) => daysLeft <= days) ?? null;
}

/** What has been said already. */
export interface ToldNotice {
  readonly mailboxId: MailboxId;
  readonly kind: DatedKind;
  readonly endsAt: Instant;
  readonly threshold: number;
}

/** What is to be said now: each thing at each threshold once, and of several thresholds the nearest alone. */
export function dueNotices(things: readonly DatedThing[], told: readonly ToldNotice[]): readonly DateNotice[] {
  return things.flatMap((thing) => {
    const threshold = thresholdOf(thing);
    if (threshold === null) return [];
    const said = told.some((one) => isSame(one, thing) && one.threshold <= threshold);
    return said ? [] : [{ ...thing, threshold }];
  });
}

function isSame(told: ToldNotice, { mailboxId, kind, endsAt }: DatedThing): boolean {
  return told.mailboxId === mailboxId && told.kind === kind && told.endsAt === endsAt;
}
