import { Button, Progress } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';
import classes from './progress-line.module.css';
import { useFormats } from './use-formats.ts';

export interface ProgressLineProps {
  /** What is being done, to what. */
  readonly label: string;
  readonly done: number;
  /** Zero while it is not known yet. */
  readonly total: number;
  /** Since when: gives the rate and the time left. */
  readonly startedAt?: number | null;
  readonly now?: number;
  readonly onCancel?: () => void;
}

/** Done of total, rate, time left, cancel. */
export function ProgressLine({ label, done, total, startedAt, now = Date.now(), onCancel }: ProgressLineProps) {
  const t = useText();
  const format = useFormats();
  const pace = paceOf(done, total, startedAt ?? null, now);
  const facts = [
    total > 0 ? t('progress.of', { done, total }) : t('progress.counting'),
    pace && t('progress.rate', { count: pace.perSecond }),
    pace && pace.leftMilliseconds > 0 && t('progress.left', { time: format.duration(pace.leftMilliseconds) }),
  ].filter(Boolean);
  return (
    <div className={classes.line}>
      <div className={classes.words}>
        <span className={classes.label}>{label}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </div>
      <div className={classes.bar}>
        <Progress
          value={total > 0 ? (100 * done) / total : 100}
          animated={total === 0}
          striped={total === 0}
          size={4}
          // The length of a section is laid out anew in each picture of a transition: at four figures a second all the time.
          transitionDuration={0}
          aria-label={label}
          className={classes.track}
        />
        {onCancel && (
          <Button size="xs" variant="subtle" color="gray" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Letters a second and what is left; null until there is enough to say. */
export function paceOf(done: number, total: number, startedAt: number | null, now: number) {
  const elapsed = startedAt === null ? 0 : now - startedAt;
  // In the first second a rate is noise.
  if (elapsed < 1000 || done === 0) return null;
  const perSecond = (done * 1000) / elapsed;
  return {
    perSecond: Math.max(1, Math.round(perSecond)),
    leftMilliseconds: total > done ? ((total - done) / perSecond) * 1000 : 0,
  };
}
