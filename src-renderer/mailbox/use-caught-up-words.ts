import { useCallback } from 'react';
import type { CaughtUp } from '../../src-shared/domain/loading.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import { useText } from '../i18n/i18n.tsx';

const hour = 3_600_000;
const spans = [
  ['span.days', 24 * hour],
  ['span.hours', hour],
  ['span.minutes', 60_000],
] as const;

/** "Loaded 312 letters from 3 days": how many, and of how long a time, in the one unit that tells. */
export function useCaughtUpWords(): (caughtUp: CaughtUp, until: Instant) => string {
  const t = useText();
  return useCallback(
    ({ letters, since }, until) => {
      const missed = until - since;
      const [unit, length] = spans.find(([, least]) => missed >= least) ?? spans[2];
      return t('caughtUp.words', {
        letters: t('count.letters', { count: letters }),
        span: t(unit, { count: Math.max(1, Math.round(missed / length)) }),
      });
    },
    [t],
  );
}
