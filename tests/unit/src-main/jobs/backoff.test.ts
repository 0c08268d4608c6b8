import { describe, expect, test } from 'vitest';
import { afterFailure } from '../../../../src-main/jobs/backoff.ts';

const dropped = { code: 'network.dropped', retryAfter: null } as const;
const throttled = { code: 'server.throttled', failures: 1, random: 1 } as const;

describe('after a failure', () => {
  test('the wait doubles up to ten minutes', () => {
    const waits = [1, 2, 3, 4, 7, 8, 1000].map((failures) => afterFailure({ ...dropped, failures, random: 1 }));
    expect(waits.map((wait) => wait.kind === 'retry' && wait.milliseconds)).toEqual([
      5_000, 10_000, 20_000, 40_000, 320_000, 600_000, 600_000,
    ]);
  });

  test('chance spreads it over its later half', () => {
    expect(afterFailure({ ...dropped, failures: 2, random: 0 })).toEqual({ kind: 'retry', milliseconds: 5_000 });
    expect(afterFailure({ ...dropped, failures: 2, random: 0.5 })).toEqual({ kind: 'retry', milliseconds: 7_500 });
  });

  test('a server that throttles is left alone for longer', () => {
    expect(afterFailure({ ...throttled, retryAfter: null })).toEqual({ kind: 'retry', milliseconds: 60_000 });
  });

  test('a server that says how long is never asked before, and a day is the most', () => {
    expect(afterFailure({ ...throttled, random: 0, retryAfter: 300 })).toEqual({
      kind: 'retry',
      milliseconds: 300_000,
    });
    expect(afterFailure({ ...throttled, random: 0, retryAfter: 10_000_000 })).toEqual({
      kind: 'retry',
      milliseconds: 24 * 60 * 60_000,
    });
  });

  test.each(['auth.rejected', 'tls.certificate-expired', 'vault.locked', 'server.unsupported'] as const)(
    '%s waits for a person',
    (code) => {
      expect(afterFailure({ code, failures: 1, random: 0, retryAfter: null })).toEqual({ kind: 'wait-for-person' });
    },
  );
});
