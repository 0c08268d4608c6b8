import { describe, expect, test } from 'vitest';
import { type AfterFailure, afterFailure, type Failure } from '../../../../src-main/jobs/backoff.ts';

const waitOf = (after: AfterFailure) => (after.kind === 'retry' ? after.milliseconds : null);
const throttled = (wish: Partial<Failure>) =>
  waitOf(afterFailure({ code: 'server.throttled', failures: 1, random: 0, retryAfter: null, ...wish }));
const chances = [0, 0.25, 0.5, 0.99];

describe('a server that says how long to wait', () => {
  test('is never asked sooner, and not by all at once', () => {
    const waits = chances.map((random) => throttled({ random, retryAfter: 600 }) ?? 0);
    expect(Math.min(...waits)).toBe(600_000);
    expect(new Set(waits).size).toBe(chances.length);
    expect(Math.max(...waits)).toBeLessThanOrEqual(660_000);
  });

  test.each([0, 1, 20])('cannot shorten the wait that is due anyway: %i seconds', (retryAfter) => {
    for (const random of chances) expect(throttled({ random, retryAfter })).toBe(throttled({ random }));
  });

  test('is heard in whatever failure it says so', () => {
    const failure = { failures: 1, random: 0, retryAfter: 900 };
    expect(waitOf(afterFailure({ ...failure, code: 'server.unavailable' }))).toBe(900_000);
    expect(waitOf(afterFailure({ ...failure, code: 'network.dropped' }))).toBe(900_000);
  });

  test('changes nothing where a person has to act', () => {
    const failure = { code: 'auth.rejected', failures: 1, random: 0, retryAfter: 900 } as const;
    expect(afterFailure(failure)).toEqual({ kind: 'wait-for-person' });
  });
});

test('a defect of ours is tried again by itself', () => {
  const defect = { code: 'internal.defect', failures: 2, random: 1, retryAfter: null } as const;
  expect(afterFailure(defect)).toEqual({ kind: 'retry', milliseconds: 10_000 });
});
