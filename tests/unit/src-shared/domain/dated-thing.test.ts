import { describe, expect, test } from 'vitest';
import { type DateFacts, datedThings, dueNotices, thresholdOf } from '../../../../src-shared/domain/dated-thing.ts';
import type { Mailbox, MailboxSettings } from '../../../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox } from '../../../../src-shared/domain/mailbox-directions.ts';
import { oauthSettingsSchema } from '../../../../src-shared/domain/oauth.ts';
import { cannedMailboxes } from '../../../support/canned-mailboxes.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 26);
const [plain] = cannedMailboxes as readonly [ReceivingMailbox];
const having = (settings: Partial<MailboxSettings>): Mailbox => ({
  ...plain,
  settings: { ...plain.settings, outgoing: null, ...settings },
});
const kinds = (mailbox: Mailbox, facts: DateFacts = {}) =>
  datedThings(mailbox, facts, now).map(({ kind, daysLeft }) => [kind, daysLeft]);
const { incoming } = plain.settings;
const byToken = { ...incoming, signIn: 'oauth2' } as const;
const registration = (part: object) => oauthSettingsSchema.parse({ authority: 'microsoft', clientId: 'c', ...part });

describe('what ends', () => {
  test('certificates that were seen, unless a person has accepted exactly that one', () => {
    const facts = { 'incoming-certificate-ends': now + 6.5 * day };
    expect(kinds(having({}), facts)).toEqual([['incoming-certificate', 7]]);
    expect(kinds(having({ incoming: { ...incoming, pinnedCertificate: 'a'.repeat(64) } }), facts)).toEqual([]);
  });

  test('a password only where an age was set, counted from when it was typed, else from the beginning', () => {
    const dates = { clientSecretEnds: null, passwordDays: 90 };
    expect(kinds(having({}), { 'password-set': now })).toEqual([]);
    expect(kinds(having({ dates }), { 'password-set': now - 80 * day })).toEqual([['password', 10]]);
    expect(kinds({ ...having({ dates }), createdAt: now - 91 * day })).toEqual([['password', -1]]);
  });

  test('a secret as entered, a certificate of the application as read, and a sign-in 90 days after its last use', () => {
    const dates = { clientSecretEnds: now + 20 * day, passwordDays: 90 };
    const facts = { 'client-certificate-ends': now + 3 * day, 'grant-renewed': now - 89 * day };
    const signedInBy = (oauth: object) => having({ incoming: byToken, oauth: registration(oauth), dates });
    expect(kinds(signedInBy({ flow: 'application', proof: 'secret' }), facts)).toEqual([['client-secret', 20]]);
    expect(kinds(signedInBy({ flow: 'application', proof: 'certificate' }), facts)).toEqual([
      ['client-certificate', 3],
    ]);
    expect(kinds(signedInBy({}), facts)).toEqual([['sign-in', 1]]);
  });

  test('Exchange Online by EWS and by password over SMTP, the nearest first; an Exchange of one’s own has no end', () => {
    const ews = { ...incoming, protocol: 'ews' as const };
    const outgoing = { ...incoming, protocol: 'smtp' as const, host: 'smtp.office365.com' };
    const online = having({ incoming: { ...ews, host: 'outlook.office365.com' }, outgoing });
    expect(kinds(online)).toEqual([
      ['exchange-blocked', -56],
      ['smtp-password', 35],
      ['exchange-gone', 126],
    ]);
    expect(kinds(having({ incoming: { ...ews, host: 'mail.company.example' } }))).toEqual([]);
  });
});

describe('what is to be said', () => {
  const thing = (daysLeft: number, endsAt = 5) => ({
    ...{ mailboxId: plain.id, mailboxName: 'x', kind: 'password' as const, daysLeft, endsAt },
  });

  test('at 60, 30, 7 and 1 days, and of those that were passed the nearest', () => {
    const thresholds = [61, 60, 31, 30, 8, 7, 2, 1, 0, -400].map((daysLeft) => thresholdOf({ daysLeft }));
    expect(thresholds).toEqual([null, 60, 60, 30, 30, 7, 7, 1, 1, 1]);
  });

  test('each once: over all days to the end and beyond there are four', () => {
    const told: { mailboxId: typeof plain.id; kind: 'password'; endsAt: number; threshold: number }[] = [];
    const said: number[] = [];
    for (let left = 100; left > -10; left -= 1) {
      const notices = dueNotices([thing(left)], told);
      said.push(...notices.map(() => left));
      told.push(
        ...notices.map(({ threshold }) => ({ mailboxId: plain.id, kind: 'password' as const, endsAt: 5, threshold })),
      );
    }
    expect(said).toEqual([60, 30, 7, 1]);
  });

  test('a date that moves is another one, and a thing that was told late is not told of its earlier days', () => {
    const told = [{ mailboxId: plain.id, kind: 'password' as const, endsAt: 5, threshold: 7 }];
    expect(dueNotices([thing(20)], told)).toEqual([]);
    expect(dueNotices([thing(20, 6)], told)).toMatchObject([{ threshold: 30 }]);
  });
});
