import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { worstHealth } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { toneOfHealth } from '../ui/health-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import classes from './top-bar.module.css';

/** The health of all mailboxes as one sign and word: that of the one which needs the most. Leads to the mailboxes. */
export function HealthSign({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  if (states.length === 0) return null;
  const worst = worstHealth(states.map(({ condition }) => condition));
  const word = worst === 'working' ? t('health.allWorking') : t(`health.${worst}`);
  const label = t('bar.health', { word });
  return (
    <Tooltip label={label}>
      <Link to="/mailboxes" className={classes.sign} style={{ textDecoration: 'none' }} aria-label={label}>
        <StateBadge tone={toneOfHealth[worst]} word={word} plain={worst === 'working'} />
      </Link>
    </Tooltip>
  );
}
