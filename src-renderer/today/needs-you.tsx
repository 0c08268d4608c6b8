import { IconCircleCheck, IconMailX, IconTicket } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isTroubled } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { useQuery } from '../ipc/use-query.ts';
import { MailboxTrouble } from '../mailbox/mailbox-trouble.tsx';
import { useConditionFacts } from '../mailbox/use-condition-facts.ts';
import { Card } from '../ui/card.tsx';
import { HealthBadge } from '../ui/health-badge.tsx';
import { RowLink } from '../ui/row-link.tsx';
import classes from './today.module.css';

/** Mailboxes that wait for a person, answers that did not arrive, tickets nobody has taken. */
export function NeedsYou({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const stuck = useQuery('outbox.list', { states: ['failed', 'unknown'], limit: 100 }).data ?? [];
  const fresh = useQuery('tickets.counts').data?.new ?? 0;
  const troubled = states
    .filter(({ condition }) => isTroubled(condition))
    .sort((a, b) => Number(b.condition.needsPerson) - Number(a.condition.needsPerson));
  if (stuck.length + fresh + troubled.length === 0) {
    return (
      <p className={classes.calm}>
        <IconCircleCheck size={18} aria-hidden />
        {t('today.nothingNeedsYou')}
      </p>
    );
  }
  return (
    <Card title={t('today.needsYou')} flush>
      {troubled.map((state) => (
        <TroubledMailbox key={state.mailbox.id} state={state} />
      ))}
      {stuck.slice(0, 5).map((answer) => (
        <RowLink key={answer.id} to="/outbox">
          <IconMailX size={18} stroke={1.6} className={classes.bad} aria-hidden />
          <span className={classes.two}>
            <span className={classes.title}>
              {t(answer.state === 'failed' ? 'today.answerFailed' : 'today.answerUnknown', {
                subject: answer.subject,
              })}
            </span>
            <span className={classes.sub}>
              {t('today.answerTo', { to: answer.to.map(({ name, address }) => name || address).join(', ') })}
            </span>
          </span>
        </RowLink>
      ))}
      {fresh > 0 && (
        <RowLink to="/tickets">
          <IconTicket size={18} stroke={1.6} aria-hidden />
          <span className={classes.title}>{t('today.newTickets', { count: fresh })}</span>
        </RowLink>
      )}
    </Card>
  );
}

/** How it is, since when, why, what to do, and the button that does it. */
function TroubledMailbox({ state }: { readonly state: MailboxState }) {
  const { mailbox, condition } = state;
  const facts = useConditionFacts(state);
  return (
    <div className={classes.troubled}>
      <div className={classes.line}>
        <HealthBadge condition={condition} />
        <Link to="/mailboxes/$mailboxId" params={{ mailboxId: mailbox.id }} className={classes.mailbox}>
          {mailbox.settings.name}
        </Link>
        <span className={classes.aside}>{facts.join(' · ')}</span>
      </div>
      <MailboxTrouble state={state} />
    </div>
  );
}
