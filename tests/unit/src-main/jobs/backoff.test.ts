import { describe, expect, test } from 'vitest';
import { afterFailure } from '../../../../src-main/jobs/backoff.ts';

describe('after a failure', () => {
  test('the wait doubles up to ten minutes', () => {
    const waits = [1, 2, 3, 4, 7, 8, 1000].map((failures) => afterFailure('network.dropped', failures, 1));
    expect(waits.map((wait) => wait.kind === 'retry' && wait.milliseconds)).toEqual([
      5_000, 10_000, 20_000, 40_000, 320_000, 600_000, 600_000,
    ]);
  });

  test('chance spreads it over its later half', () => {
    expect(afterFailure('network.dropped', 2, 0)).toEqual({ kind: 'retry', milliseconds: 5_000 });
    expect(afterFailure('network.dropped', 2, 0.5)).toEqual({ kind: 'retry', milliseconds: 7_500 });
  });

  test('a server that throttles is left alone for longer', () => {
    expect(afterFailure('server.throttled', 1, 1)).toEqual({ kind: 'retry', milliseconds: 60_000 });
  });

  test.each(['auth.rejected', 'tls.certificate-expired', 'vault.locked', 'server.unsupported'] as const)(
    '%s waits for a person',
    (code) => {
      expect(afterFailure(code, 1, 0)).toEqual({ kind: 'wait-for-person' });
    },
  );
});
