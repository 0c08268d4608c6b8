import { IconPaperclip } from '@tabler/icons-react';
import { isPartlyTaken } from '../../src-shared/domain/outgoing.ts';
import type { TicketEntry } from '../../src-shared/domain/ticket.ts';
import { DeliveryBadge } from '../compose/delivery-badge.tsx';
import { DeliveryChoices } from '../compose/delivery-choices.tsx';
import { RecipientList } from '../compose/recipient-list.tsx';
import { SentCopyWords } from '../compose/sent-copy-words.tsx';
import { useText } from '../i18n/i18n.tsx';
import { InitialsDisc } from '../letter/initials-disc.tsx';
import { PlainText } from '../letter/plain-text.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './conversation.module.css';

type Entry = Extract<TicketEntry, { kind: 'answer' }>;

/** An answer with the truth about its delivery, in the server's words where it spoke. */
export function AnswerEntry({ entry }: { readonly entry: Entry }) {
  const t = useText();
  const format = useFormats();
  const { author, at, to, text, attachments, state, serverWords, attempts, nextAttemptAt, outgoingId } = entry;
  const { recipients, givesUpAt, sentCopy } = entry;
  return (
    <div className={classes.entry}>
      <InitialsDisc name={author || 'Mailroom'} />
      <div className={classes.bubble} data-own>
        <div className={classes.head}>
          <span className={classes.who}>
            {author ? t('ticket.answer.by', { name: author }) : t('ticket.answer.by-nobody')}
          </span>
          <span className={classes.dim} data-selectable>
            {t('ticket.answer.to', { names: to.map(({ name, address }) => name || address).join(', ') })}
          </span>
          <time className={classes.date} dateTime={new Date(at).toISOString()}>
            {format.longDate(at)}
          </time>
        </div>
        <PlainText text={text} folded />
        {attachments.length > 0 && (
          <ul className={classes.files} aria-label={t('letter.attachments', { count: attachments.length })}>
            {attachments.map(({ name, size }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name, and the list never changes.
              <li key={at} className={classes.file}>
                <IconPaperclip size={12} aria-hidden /> {name}{' '}
                <span className={classes.dim}>{format.byteSize(size)}</span>
              </li>
            ))}
          </ul>
        )}
        <div className={classes.foot}>
          <DeliveryBadge state={state} recipients={recipients} />
          {state === 'queued' && nextAttemptAt !== null && attempts > 0 && (
            <span className={classes.dim}>{t('ticket.answer.next', { when: format.timeAgo(nextAttemptAt) })}</span>
          )}
          {givesUpAt !== null && (
            <span className={classes.dim}>{t('ticket.answer.gives-up', { when: format.timeAgo(givesUpAt) })}</span>
          )}
          {attempts > 1 && <span className={classes.dim}>{t('ticket.answer.attempts', { count: attempts })}</span>}
          {state === 'accepted' && serverWords !== '' && (
            <span className={classes.dim} data-selectable>
              {serverWords}
            </span>
          )}
        </div>
        <RecipientList state={state} recipients={recipients} />
        {sentCopy !== null && (
          <div className={classes.foot}>
            <SentCopyWords copy={sentCopy} />
          </div>
        )}
        <Trouble state={state} serverWords={isPartlyTaken(state, recipients) ? '' : serverWords} />
        {state !== 'accepted' && state !== 'sending' && (
          <div className={classes.foot}>
            <DeliveryChoices outgoingId={outgoingId} state={state} />
          </div>
        )}
      </div>
    </div>
  );
}

function Trouble({ state, serverWords }: Pick<Entry, 'state' | 'serverWords'>) {
  const t = useText();
  if (state === 'unknown') {
    return (
      <div className={classes.foot}>
        <p className={classes.words} data-late>
          {t('ticket.answer.unknown')}
        </p>
      </div>
    );
  }
  if ((state !== 'failed' && state !== 'queued') || serverWords === '') return null;
  return (
    <div className={classes.foot}>
      <span className={classes.dim}>{t('outbox.server-words')}:</span>
      <p className={classes.words}>{serverWords}</p>
    </div>
  );
}
