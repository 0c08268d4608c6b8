import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowLink } from '../ui/row-link.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { AllLink } from './all-link.tsx';
import classes from './today.module.css';

const latestCount = 6;

export function LatestLetters() {
  const t = useText();
  const format = useFormats();
  const letters = useQuery('mail.list', {
    scope: { mailboxId: null, folderId: null, unreadOnly: false },
    before: null,
    limit: latestCount,
  });
  return (
    <Card title={t('today.letters')} flush aside={<AllLink to="/mail" />}>
      {letters.error && <ErrorNotice error={letters.error} />}
      {letters.isPending && <RowSkeletons rows={latestCount} height={52} />}
      {letters.data?.length === 0 && <p className={classes.none}>{t('today.noLetters')}</p>}
      {letters.data?.map((letter) => (
        <RowLink key={letter.id} to="/mail" search={{ letter: letter.id }}>
          <span className={classes.two}>
            <span className={classes.title} data-unread={letter.unread || undefined}>
              {letter.from?.name || letter.from?.address || t('today.unreadable')}
            </span>
            <span className={classes.sub}>{letter.subject || t('palette.noSubject')}</span>
          </span>
          <span className={classes.aside}>{format.shortDate(letter.receivedAt)}</span>
        </RowLink>
      ))}
    </Card>
  );
}

export function LatestTickets() {
  const t = useText();
  const format = useFormats();
  const tickets = useQuery('tickets.list', {
    filter: { states: [], templateId: null, mailboxId: null, mine: false, query: '' },
    offset: 0,
    limit: latestCount,
  });
  return (
    <Card title={t('today.tickets')} flush aside={<AllLink to="/tickets" />}>
      {tickets.error && <ErrorNotice error={tickets.error} />}
      {tickets.isPending && <RowSkeletons rows={latestCount} height={52} />}
      {tickets.data?.total === 0 && <p className={classes.none}>{t('today.noTickets')}</p>}
      {tickets.data?.tickets.map((ticket) => (
        <RowLink key={ticket.id} to="/tickets/$ticketId" params={{ ticketId: String(ticket.id) }}>
          <span className={classes.two}>
            <span className={classes.title}>
              <span className={classes.number}>#{ticket.id}</span> {ticket.subject || t('palette.noSubject')}
            </span>
            <span className={classes.sub}>{ticket.requester.name || ticket.requester.address}</span>
          </span>
          <span className={classes.aside}>{format.shortDate(ticket.updatedAt)}</span>
        </RowLink>
      ))}
    </Card>
  );
}
