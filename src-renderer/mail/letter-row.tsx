import { Skeleton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconMessages, IconPaperclip, IconTicket } from '@tabler/icons-react';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './letter-row.module.css';

export const letterRowHeight = 76;

/** A line of the list: who, when; about what; how it begins. Null: its letter is still being read. */
export function LetterRow({ letter }: { readonly letter: MessageSummary | undefined }) {
  const t = useText();
  const format = useFormats();
  if (!letter) return <EmptyRow />;
  const { from, subject, preview, sentAt, unread, state, attachmentCount, ticketId, threadSize } = letter;
  return (
    <div className={classes.row} data-unread={unread || undefined}>
      <span
        className={classes.dot}
        role="img"
        {...(unread ? { 'aria-label': t('mail.row.unread') } : { 'aria-hidden': true })}
      />
      <div className={classes.first}>
        <span className={classes.sender}>{from?.name || from?.address || t('mail.no-sender')}</span>
        {threadSize > 1 && (
          <Mark
            icon={IconMessages}
            words={t('mail.row.thread', { count: threadSize })}
            value={format.wholeNumber(threadSize)}
          />
        )}
        {attachmentCount > 0 && (
          <Mark icon={IconPaperclip} words={t('mail.row.attachments', { count: attachmentCount })} />
        )}
        <time className={classes.date} dateTime={new Date(sentAt).toISOString()}>
          {format.shortDate(sentAt)}
        </time>
      </div>
      <div className={classes.second}>
        <span className={classes.subject}>{subject || t('mail.no-subject')}</span>
        {ticketId !== null && (
          <span className={classes.ticket} title={t('mail.row.ticket', { id: ticketId })}>
            <IconTicket size={12} aria-hidden /> {ticketId}
          </span>
        )}
      </div>
      <div className={classes.preview}>
        {state === 'unreadable' ? (
          <span className={classes.unreadable}>
            <IconAlertTriangle size={13} aria-hidden /> {t('mail.row.unreadable')}
          </span>
        ) : state === 'stored' || state === 'too-large' ? (
          t(`mail.row.${state}`)
        ) : (
          preview
        )}
      </div>
    </div>
  );
}

interface MarkProps {
  readonly icon: typeof IconPaperclip;
  readonly words: string;
  readonly value?: string;
}

function Mark({ icon: Icon, words, value }: MarkProps) {
  return (
    <span className={classes.mark} role="img" aria-label={words} title={words}>
      <Icon size={13} stroke={1.8} aria-hidden />
      {value}
    </span>
  );
}

function EmptyRow() {
  const t = useText();
  return (
    <div className={classes.row}>
      <VisuallyHidden>{t('reading')}</VisuallyHidden>
      <span />
      <div className={classes.first} aria-hidden>
        <Skeleton height={11} width="38%" my={4} animate={false} />
      </div>
      <Skeleton height={11} width="72%" my={4} animate={false} />
      <Skeleton height={10} width="88%" my={4} animate={false} />
    </div>
  );
}
