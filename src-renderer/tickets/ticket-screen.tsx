import { Skeleton } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import type { Ticket, TicketEntry } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useShownKeys } from '../ui/shown-keys.tsx';
import { useScreenKeys } from '../ui/use-screen-keys.ts';
import { Conversation } from './conversation.tsx';
import { lastTicket } from './last-ticket.ts';
import { ReplyEditor } from './reply-editor.tsx';
import { TicketFieldsColumn } from './ticket-fields-column.tsx';
import { TicketHead } from './ticket-head.tsx';
import classes from './ticket-screen.module.css';

export function TicketScreen() {
  const t = useText();
  const navigate = useNavigate();
  const params = useParams({ from: '/tickets/$ticketId' });
  const ticketId = Number(params.ticketId) as TicketId;
  const ticket = useQuery('tickets.get', { ticketId });
  const back = () => void navigate({ to: '/tickets' });
  if (ticket.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={ticket.error} action={{ label: t('ticket.gone.action'), run: back }} />
      </div>
    );
  }
  if (!ticket.data) return <TicketSkeleton />;
  return <LoadedTicket key={ticketId} ticket={ticket.data} onBack={back} />;
}

type Answer = Extract<TicketEntry, { kind: 'answer' }>;

function LoadedTicket({ ticket, onBack }: { readonly ticket: Ticket; readonly onBack: () => void }) {
  const t = useText();
  const { summary, entries } = ticket;
  const text = useRef<HTMLTextAreaElement>(null);
  // An answer stands in the conversation from the click on; the ticket read again a moment later holds it itself.
  const [sent, setSent] = useState<readonly Answer[]>([]);
  const shown = useMemo(() => {
    const known = new Set(entries.map((entry) => (entry.kind === 'answer' ? entry.outgoingId : null)));
    return [...entries, ...sent.filter(({ outgoingId }) => !known.has(outgoingId))];
  }, [entries, sent]);
  lastTicket.note(summary.id);
  useScreenKeys({
    r: () => text.current?.focus(),
    к: () => text.current?.focus(),
    Escape: onBack,
  });
  useShownKeys(
    useMemo(
      () => [
        { keys: ['r'], does: t('ticket.keys.answer') },
        { keys: ['mod', 'Enter'], does: t('ticket.keys.send') },
        { keys: ['Esc'], does: t('ticket.keys.back') },
      ],
      [t],
    ),
  );
  return (
    <article className={classes.screen} aria-label={t('ticket.number', { id: summary.id })}>
      <TicketHead summary={summary} onBack={onBack} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Conversation entries={shown} />
          <div className={classes.reply}>
            <ReplyEditor summary={summary} textRef={text} onQueued={(answer) => setSent((now) => [...now, answer])} />
          </div>
        </div>
        <TicketFieldsColumn ticket={ticket} />
      </div>
    </article>
  );
}

function TicketSkeleton() {
  const t = useText();
  return (
    <div className={classes.skeleton} role="status" aria-busy aria-label={t('reading')}>
      <Skeleton height={24} width="42%" />
      <Skeleton height={14} width="24%" />
      <Skeleton height={120} radius="lg" />
      <Skeleton height={90} radius="lg" />
    </div>
  );
}
