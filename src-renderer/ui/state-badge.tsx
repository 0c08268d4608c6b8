import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleMinus,
  IconClockExclamation,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import classes from './state-badge.module.css';

/** What a state means to a person. `late`: not well, but it goes on by itself; `bad`: someone must act. */
export type Tone = 'good' | 'busy' | 'late' | 'bad' | 'idle';

const usualSigns: Readonly<Record<Tone, TablerIcon>> = {
  good: IconCircleCheck,
  busy: IconRefresh,
  late: IconClockExclamation,
  bad: IconAlertTriangle,
  idle: IconCircleMinus,
};

export interface StateBadgeProps {
  readonly tone: Tone;
  readonly word: string;
  /** Another sign than the tone's usual one. */
  readonly icon?: TablerIcon;
  /** Without the tinted ground: in dense rows and bars. */
  readonly plain?: boolean;
  /** Cut off where there is no room; in full by pointing at it. */
  readonly shrinks?: boolean;
}

/** A state: always a sign and a word, never colour alone. */
export function StateBadge({ tone, word, icon, plain = false, shrinks = false }: StateBadgeProps) {
  const Sign = icon ?? usualSigns[tone];
  return (
    <span
      className={classes.badge}
      data-tone={tone}
      data-plain={plain || undefined}
      data-shrinks={shrinks || undefined}
      title={shrinks ? word : undefined}
    >
      <Sign size={14} stroke={2} aria-hidden />
      <span>{word}</span>
    </span>
  );
}
