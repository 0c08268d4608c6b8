import { Skeleton, VisuallyHidden } from '@mantine/core';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import { DeliveryBadge } from '../compose/delivery-badge.tsx';
import { useText } from '../i18n/i18n.tsx';
import { InitialsDisc } from '../letter/initials-disc.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './ticket-row.module.css';
import { TicketStateBadge } from './ticket-state.tsx';

export const ticketRowHeight = 56;

/** A line of the list: state and number, what about and from whom, how its answer fares, who has it, when it changed. */
export function TicketRow({ ticket }: { readonly ticket: TicketSummary | undefined }) {
  const t = useText();
  const format = useFormats();
  if (!ticket) return <EmptyRow />;
  const { id, state, subject, requester, fields, assignee, updatedAt, delivery } = ticket;
  const facts = [fields.customer, fields.object, fields.workKind, fields.criticality].filter((value) => value !== '');
  return (
    <div className={classes.row} data-new={state === 'new' || undefined}>
      <span className={classes.number}>#{id}</span>
      <span className={classes.state}>
        <TicketStateBadge state={state} />
      </span>
      <span className={classes.words}>
        <span className={classes.subject}>{subject || t('mail.no-subject')}</span>
        <span className={classes.facts}>{[requester.name || requester.address, ...facts].join(' · ')}</span>
      </span>
      <span className={classes.delivery}>
        {delivery !== null && delivery !== 'accepted' && <DeliveryBadge state={delivery} plain />}
      </span>
      <span className={classes.assignee} title={assignee || t('tickets.unassigned')}>
        {assignee === '' ? (
          <span className={classes.nobody}>{t('tickets.unassigned')}</span>
        ) : (
          <>
            <InitialsDisc name={assignee} small />
            <span className={classes.name}>{assignee}</span>
          </>
        )}
      </span>
      <time className={classes.date} dateTime={new Date(updatedAt).toISOString()}>
        {format.shortDate(updatedAt)}
      </time>
    </div>
  );
}

function EmptyRow() {
  const t = useText();
  return (
    <div className={classes.row}>
      <VisuallyHidden>{t('reading')}</VisuallyHidden>
      <Skeleton height={10} animate={false} />
      <Skeleton height={18} radius="xl" animate={false} />
      <span className={classes.words}>
        <Skeleton height={11} width="52%" mb={8} animate={false} />
        <Skeleton height={10} width="34%" animate={false} />
      </span>
    </div>
  );
}
