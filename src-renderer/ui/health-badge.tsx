import type { MailboxHealth } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from './state-badge.tsx';

export const toneOfHealth: Readonly<Record<MailboxHealth, Tone>> = {
  working: 'good',
  'catching-up': 'busy',
  delayed: 'late',
  'needs-you': 'bad',
  disabled: 'idle',
};

/** Working, catching up, delayed, needs you, disabled. */
export function HealthBadge({ health, plain = false }: { readonly health: MailboxHealth; readonly plain?: boolean }) {
  const t = useText();
  return <StateBadge tone={toneOfHealth[health]} word={t(`health.${health}`)} plain={plain} />;
}
