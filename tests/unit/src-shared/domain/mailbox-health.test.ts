import { expect, test } from 'vitest';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';
import type { LoadPhase, LoadProgress } from '../../../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../../../src-shared/domain/mailbox.ts';
import { mailboxHealth, worstHealth } from '../../../../src-shared/domain/mailbox-health.ts';
import type { ErrorCode } from '../../../../src-shared/errors/codes.ts';

const mailbox = { enabled: true, settings: { loading: { automatic: true } } } as Mailbox;
const disabled = { ...mailbox, enabled: false };
const byHand = { enabled: true, settings: { loading: { automatic: false } } } as Mailbox;
const unreachable = { code: 'network.unreachable', params: { host: 'mail.firma.example', port: 993 } } as const;
const began = 1_000_000;
const second = 1000;

function progress(change: Partial<LoadProgress>): LoadProgress {
  return {
    mailboxId: 'one' as MailboxId,
    phase: 'waiting',
    folder: '',
    done: 0,
    total: 0,
    bytes: 0,
    startedAt: null,
    lastLoadedAt: null,
    nextAttemptAt: null,
    problem: null,
    failingSince: null,
    disabledBecause: null,
    ...change,
  };
}

const failing = (phase: LoadPhase) => progress({ phase, problem: unreachable, failingSince: began });
const healthOf = (state: LoadProgress, now: number) => mailboxHealth(mailbox, state, now).health;

test('a drop of thirty seconds raises nothing, through all of its attempts', () => {
  const course: readonly LoadPhase[] = ['retrying', 'connecting', 'loading', 'retrying', 'connecting'];
  expect(course.map((phase, at) => healthOf(failing(phase), began + at * 7 * second))).toEqual(
    course.map(() => 'working'),
  );
  expect(healthOf(progress({ phase: 'waiting' }), began + 31 * second)).toBe('working');
});

test('a failure that lasts a minute is a delay, and stays one through its next attempts', () => {
  expect(healthOf(failing('retrying'), began + 59 * second)).toBe('working');
  const course: readonly LoadPhase[] = ['retrying', 'connecting', 'loading', 'sorting', 'retrying'];
  expect(course.map((phase) => healthOf(failing(phase), began + 60 * second))).toEqual(course.map(() => 'delayed'));
});

test('a delay says since when, why, and what can be done', () => {
  expect(mailboxHealth(mailbox, failing('retrying'), began + 3600 * second)).toEqual({
    health: 'delayed',
    needsPerson: false,
    since: began,
    why: unreachable,
    mend: 'try-now',
    changesAt: null,
  });
});

test('a failure in its first minute says when it is to be looked at again', () => {
  expect(mailboxHealth(mailbox, failing('retrying'), began + 5 * second).changesAt).toBe(began + 60 * second);
});

test('a line lost while mail was awaited waits for the next pass to tell', () => {
  expect(healthOf(progress({ phase: 'retrying', problem: unreachable }), began)).toBe('working');
});

test('a first load that is cut off goes on catching up', () => {
  const cut = progress({ phase: 'retrying', problem: unreachable, failingSince: began, done: 1200, total: 4000 });
  expect(healthOf(cut, began + 20 * second)).toBe('catching-up');
  expect(healthOf(cut, began + 60 * second)).toBe('delayed');
});

test.each<readonly [ErrorCode, string]>([
  ['auth.rejected', 'sign-in'],
  ['vault.secret-missing', 'sign-in'],
  ['auth.client-proof-missing', 'settings'],
  ['tls.certificate-changed', 'certificate'],
  ['network.unknown-host', 'settings'],
  ['quota.exceeded', 'try-now'],
])('what only a person can mend needs one at once: %s by %s', (code, mend) => {
  const why = { code, params: {} };
  expect(mailboxHealth(mailbox, progress({ phase: 'needs-you', problem: why, failingSince: began }), began)).toEqual({
    health: 'needs-you',
    needsPerson: true,
    since: began,
    why,
    mend,
    changesAt: null,
  });
});

test('a full mailbox needs a person while its letters come, through every pass, until one says that there is room', () => {
  const full = { code: 'quota.exceeded', params: {} } as const;
  const course: readonly LoadPhase[] = ['waiting', 'connecting', 'loading', 'sorting', 'off'];
  const told = course.map((phase) => mailboxHealth(mailbox, progress({ phase, problem: full, done: 3 }), began));
  expect(told.map(({ health, needsPerson, why }) => [health, needsPerson, why])).toEqual(
    course.map(() => ['needs-you', true, full]),
  );
  expect(healthOf(progress({ lastLoadedAt: began }), began)).toBe('working');
});

test('a mailbox that is mended works again', () => {
  expect(healthOf(progress({ phase: 'connecting' }), began)).toBe('working');
  expect(healthOf(progress({ phase: 'waiting', lastLoadedAt: began }), began)).toBe('working');
});

test('one that the console had to disable needs a person, until it is enabled', () => {
  const given = progress({ phase: 'off', failingSince: began, disabledBecause: unreachable });
  expect(mailboxHealth(disabled, given, began)).toEqual({
    health: 'disabled',
    needsPerson: true,
    since: began,
    why: unreachable,
    mend: 'enable',
    changesAt: null,
  });
  expect(mailboxHealth(mailbox, progress({ phase: 'connecting' }), began).needsPerson).toBe(false);
});

test('one that a person disabled is calm, whatever went wrong before', () => {
  const before = progress({ phase: 'off', problem: unreachable, failingSince: began });
  expect(mailboxHealth(disabled, before, began + 3600 * second)).toMatchObject({
    health: 'disabled',
    needsPerson: false,
    why: null,
    mend: null,
  });
});

test('one that another console works on is calm, and says so', () => {
  const leased = { code: 'mailbox.leased', params: {} } as const;
  const waiting = progress({ phase: 'waiting', problem: leased, failingSince: began });
  expect(mailboxHealth(mailbox, waiting, began + 3600 * second)).toMatchObject({
    health: 'working',
    needsPerson: false,
    why: leased,
    mend: null,
  });
});

test('loaded by hand only, a failure is a delay at once: nobody tries again', () => {
  expect(
    mailboxHealth(byHand, progress({ phase: 'off', problem: unreachable, failingSince: began }), began),
  ).toMatchObject({ health: 'delayed', mend: 'try-now' });
});

test('a pass over a few letters is working; many letters, or a long one, are catching up', () => {
  const pass = (change: Partial<LoadProgress>) => progress({ phase: 'loading', startedAt: began, ...change });
  expect(mailboxHealth(mailbox, pass({ total: 3 }), began + second)).toMatchObject({
    health: 'working',
    changesAt: began + 10 * second,
  });
  expect(healthOf(pass({ total: 3 }), began + 10 * second)).toBe('catching-up');
  expect(healthOf(pass({ total: 4000 }), began)).toBe('catching-up');
});

test('an attempt that brings letters is catching up, whatever was before', () => {
  const bringing = { problem: unreachable, failingSince: began, done: 1, total: 300 };
  expect(healthOf(progress({ phase: 'loading', ...bringing }), began + 3600 * second)).toBe('catching-up');
});

test('of several mailboxes the sign is that of the worst; a disabled one counts only where a person is needed', () => {
  const working = mailboxHealth(mailbox, null, began);
  const late = mailboxHealth(mailbox, failing('retrying'), began + 90 * second);
  const calm = mailboxHealth(disabled, null, began);
  const given = mailboxHealth(disabled, progress({ disabledBecause: unreachable }), began);
  expect(worstHealth([working, calm])).toBe('working');
  expect(worstHealth([working, late, calm])).toBe('delayed');
  expect(worstHealth([working, late, given])).toBe('needs-you');
  expect(worstHealth([calm])).toBe('working');
});
