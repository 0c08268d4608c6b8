import { describe, expect, test } from 'vitest';
import { hasItsTime, planAttempt } from '../../../../src-main/sending/plan-attempt.ts';
import { type ErrorCode, errorCodes } from '../../../../src-shared/errors/codes.ts';

const now = 1_000_000;
const plan = (code: ErrorCode, attempts = 1, random = 0.5) =>
  planAttempt({ problem: { code, params: {} }, attempts, now, random });
const waitOf = (code: ErrorCode, attempts: number, random?: number) =>
  (plan(code, attempts, random).nextAttemptAt ?? Number.NaN) - now;

test('waits double from half a minute, to ten minutes for a line, to an hour for a server', () => {
  expect([1, 2, 3].map((attempts) => waitOf('network.timeout', attempts))).toEqual([30_000, 60_000, 120_000]);
  expect(waitOf('network.timeout', 1_000_000)).toBe(600_000);
  expect(waitOf('server.throttled', 50)).toBe(3_600_000);
});

describe('a server that asks for a wait', () => {
  const asked = (retryAfter: number, random = 0.5) =>
    planAttempt({ problem: { code: 'server.throttled', params: { retryAfter } }, attempts: 1, now, random });

  test('has it, and a little more, never less', () => {
    expect([0, 1].map((random) => (asked(3_600, random).nextAttemptAt ?? 0) - now)).toEqual([3_600_000, 3_960_000]);
  });

  test('for less than our own wait has ours; for more than a day has a day', () => {
    expect((asked(1).nextAttemptAt ?? 0) - now).toBe(30_000);
    expect((asked(10_000_000, 0).nextAttemptAt ?? 0) - now).toBe(86_400_000);
  });

  test('is given up that much later', () => {
    expect(asked(3_600).givesUpAt).toBe((plan('server.throttled').givesUpAt ?? 0) + 3_600_000 - 30_000);
  });

  test('is not asked again when the network comes back', () => {
    expect(hasItsTime({ code: 'server.throttled', params: { retryAfter: 60 } })).toBe(true);
    expect(hasItsTime({ code: 'server.throttled', params: {} })).toBe(false);
    expect(hasItsTime(null)).toBe(false);
  });
});

test('jitter stays within a tenth to each side', () => {
  expect(waitOf('network.timeout', 1, 0)).toBe(27_000);
  expect(waitOf('network.timeout', 1, 1)).toBe(33_000);
});

test('a line that never comes back is never given up; a server that puts off for five days is', () => {
  expect(plan('network.unreachable', 100_000).state).toBe('queued');
  expect(plan('server.unavailable', 119).state).toBe('queued');
  expect(plan('server.unavailable', 120)).toMatchObject({ state: 'failed', nextAttemptAt: null });
});

test('the end of a server’s last try is known from the first: 7 growing waits and 112 of an hour', () => {
  const first = 63.5 * 60_000 + 112 * 3_600_000;
  expect(plan('server.unavailable', 1).givesUpAt).toBe(now + first);
  expect(plan('server.unavailable', 119).givesUpAt).toBe(plan('server.unavailable', 119).nextAttemptAt);
  expect(plan('network.timeout', 1).givesUpAt).toBeNull();
});

test.each(['auth.rejected', 'tls.certificate-changed', 'vault.locked', 'quota.exceeded'] as const)(
  '%s waits for a person, trying once an hour',
  (code) => {
    expect(plan(code, 500)).toMatchObject({ state: 'queued', nextAttemptAt: now + 3_600_000 });
    expect(hasItsTime({ code, params: {} })).toBe(true);
  },
);

test.each(['server.refused', 'recipient.refused', 'message.too-large', 'mailbox.unknown'] as const)(
  '%s is final',
  (code) => {
    expect(plan(code)).toMatchObject({ state: 'failed', nextAttemptAt: null });
  },
);

test.each(['delivery.unknown', 'internal.defect'] as const)(
  '%s may have been delivered: only a person decides',
  (code) => {
    expect(plan(code)).toMatchObject({ state: 'unknown', nextAttemptAt: null });
  },
);

test('every code has a plan, and queued ones have a time', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const { state, nextAttemptAt } = plan(code);
    expect({ code, timed: nextAttemptAt !== null }).toEqual({ code, timed: state === 'queued' });
  }
});
