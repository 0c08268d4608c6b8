import type { MailboxCondition, MailboxHealth } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from './state-badge.tsx';

export const toneOfHealth: Readonly<Record<MailboxHealth, Tone>> = {
  working: 'good',
  'catching-up': 'busy',
  delayed: 'late',
  'needs-you': 'bad',
  disabled: 'idle',
};

/** Working, catching up, delayed, needs you, disabled; red also where the console had to disable it. */
export function HealthBadge({ condition }: { readonly condition: MailboxCondition }) {
  const t = useText();
  const { health, needsPerson } = condition;
  return <StateBadge tone={needsPerson ? 'bad' : toneOfHealth[health]} word={t(`health.${health}`)} />;
}
