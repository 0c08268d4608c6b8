import { ActionIcon, Button } from '@mantine/core';
import { IconArrowLeft, IconUserCheck, IconUserPlus } from '@tabler/icons-react';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './ticket-head.module.css';
import { TicketStateMenu } from './ticket-state.tsx';

/** Number, subject, who has it, in which state. */
export function TicketHead({ summary, onBack }: { readonly summary: TicketSummary; readonly onBack: () => void }) {
  const t = useText();
  const format = useFormats();
  const { data: settings } = useQuery('settings.get');
  const setState = useAction('tickets.setState');
  const assign = useAction('tickets.assign');
  const { id: ticketId, subject, state, assignee, requester, createdAt } = summary;
  const mine = assignee !== '' && assignee === settings?.operatorName;
  const error = setState.error ?? assign.error;
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <ActionIcon onClick={onBack} aria-label={t('ticket.back')}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <div className={classes.words}>
          <h1 className={classes.subject} data-selectable>
            <span className={classes.number}>#{ticketId}</span> {subject || t('mail.no-subject')}
          </h1>
          <p className={classes.facts}>
            {requester.name ? `${requester.name} <${requester.address}>` : requester.address} ·{' '}
            {t('ticket.created', { date: format.longDate(createdAt) })}
          </p>
        </div>
        <div className={classes.actions}>
          <TicketStateMenu
            state={state}
            pending={setState.pending}
            onChange={(next) => setState.run({ ticketId, state: next })}
          />
          <Button
            variant={assignee === '' ? 'filled' : 'default'}
            loading={assign.pending}
            leftSection={
              assignee === '' ? <IconUserPlus size={16} aria-hidden /> : <IconUserCheck size={16} aria-hidden />
            }
            onClick={() => assign.run({ ticketId, toMe: !mine })}
          >
            {mine ? t('ticket.give-back') : t('ticket.take')}
          </Button>
        </div>
      </div>
      {error && <ErrorNotice error={error} />}
    </header>
  );
}
