import { useNavigate } from '@tanstack/react-router';
import type { Ref } from 'react';
import { answerWay } from '../../src-shared/domain/answer-way.ts';
import { largestLetter } from '../../src-shared/domain/largest-letter.ts';
import type { TicketEntry, TicketSummary } from '../../src-shared/domain/ticket.ts';
import { Compose, type Composed } from '../compose/compose.tsx';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './reply-editor.module.css';

export interface ReplyEditorProps {
  readonly summary: TicketSummary;
  readonly textRef: Ref<HTMLTextAreaElement>;
  readonly onQueued: (answer: Extract<TicketEntry, { kind: 'answer' }>) => void;
}

/** The answer to a ticket: from its mailbox, or the one that answers for it, to its requester. */
export function ReplyEditor({ summary, textRef, onQueued }: ReplyEditorProps) {
  const t = useText();
  const navigate = useNavigate();
  const reply = useAction('tickets.reply');
  const { data: network } = useQuery('console.network');
  const { data: settings } = useQuery('settings.get');
  const { data: mailboxes } = useQuery('mailboxes.list');
  const { id: ticketId, mailboxId, requester } = summary;
  const mailbox = mailboxes?.find(({ id }) => id === mailboxId);
  const way = mailbox && answerWay(mailbox, mailboxes ?? []);
  const sender = way?.sender.fromAddress;
  const server = way?.mailbox.settings.outgoing;

  const send = async ({ text, attachments, nextState }: Composed) => {
    const queued = await reply.runNow({ reply: { ticketId, text, html: null, attachments, nextState } });
    onQueued({
      kind: 'answer',
      at: queued.createdAt,
      outgoingId: queued.id,
      author: settings?.operatorName ?? '',
      to: queued.to,
      text,
      attachments: attachments.map(({ name, bytes }) => ({ name, size: bytes.byteLength })),
      state: queued.state,
      recipients: queued.recipients,
      serverWords: queued.serverWords,
      givesUpAt: queued.givesUpAt,
      sentCopy: queued.sentCopy,
      attempts: queued.attempts,
      nextAttemptAt: queued.nextAttemptAt,
    });
  };
  const setUpSending = {
    label: t('compose.cannot-send'),
    run: () => void navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId } }),
  };
  return (
    <Compose
      ticketId={ticketId}
      lead={
        <span>
          {t('compose.to', { name: requester.name ? `${requester.name} <${requester.address}>` : requester.address })}
          {sender ? ` ${t('compose.from', { address: sender })}` : ''}
        </span>
      }
      textRef={textRef}
      onSend={send}
      largest={server ? largestLetter(server) : undefined}
      notice={
        <>
          {network?.online === false && <p className={classes.offline}>{t('compose.offline')}</p>}
          {reply.error && (
            <ErrorNotice
              error={reply.error}
              {...(reply.error.code === 'mailbox.cannot-send' ? { action: setUpSending } : {})}
            />
          )}
        </>
      }
    />
  );
}
