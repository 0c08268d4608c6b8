import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { DeliveryBadge } from '../compose/delivery-badge.tsx';
import { DeliveryChoices } from '../compose/delivery-choices.tsx';
import { RecipientList } from '../compose/recipient-list.tsx';
import { SentCopyWords } from '../compose/sent-copy-words.tsx';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { useFormats } from '../ui/use-formats.ts';
import classes from './outgoing-row.module.css';

/** One answer: to whom, how it fares, what the server said, what can be done. */
export function OutgoingRow({ answer, offline }: { readonly answer: Outgoing; readonly offline: boolean }) {
  const t = useText();
  const format = useFormats();
  const { data: mailboxes } = useQuery('mailboxes.list');
  const {
    id,
    state,
    to,
    subject,
    ticketId,
    mailboxId,
    createdAt,
    attempts,
    nextAttemptAt,
    problem,
    serverWords,
    size,
    recipients,
    givesUpAt,
    sentCopy,
  } = answer;
  const isTold = problem !== null && state !== 'accepted' && state !== 'cancelled';
  const mailbox = mailboxes?.find((one) => one.id === mailboxId)?.settings.name;
  // The sentence of some errors quotes the server itself.
  const saysServerWords = isTold && problem?.params.serverWords === serverWords;
  const facts = [
    t('outbox.to', { names: to.map(({ name, address }) => name || address).join(', ') }),
    mailbox ? t('outbox.from-mailbox', { name: mailbox }) : '',
    format.byteSize(size),
    attempts > 0 ? t('outbox.attempts', { count: attempts }) : '',
    state === 'queued' ? nextStep(nextAttemptAt) : '',
    givesUpAt === null ? '' : t('outbox.gives-up', { when: format.timeAgo(givesUpAt) }),
  ];
  function nextStep(at: number | null): string {
    if (offline) return t('outbox.waits-for-network');
    return at === null ? '' : t('outbox.next-attempt', { when: format.timeAgo(at) });
  }
  return (
    <li className={classes.row}>
      <div className={classes.state}>
        <DeliveryBadge state={state} recipients={recipients} />
      </div>
      <div className={classes.words}>
        <div className={classes.head}>
          <span className={classes.subject} data-selectable>
            {subject || t('outbox.no-subject')}
          </span>
          <time className={classes.date} dateTime={new Date(createdAt).toISOString()}>
            {format.shortDate(createdAt)}
          </time>
        </div>
        <div className={classes.facts}>
          {facts.filter((fact) => fact !== '').join(' · ')}
          {ticketId !== null && (
            <>
              {' · '}
              <Anchor
                fz={13}
                underline="always"
                className={classes.link ?? ''}
                renderRoot={(props) => (
                  <Link to="/tickets/$ticketId" params={{ ticketId: String(ticketId) }} {...props} />
                )}
              >
                {t('outbox.open-ticket', { id: ticketId })}
              </Anchor>
            </>
          )}
        </div>
        {isTold && (
          <p className={classes.problem}>
            {errorSentence(t, problem).what} {errorSentence(t, problem).advice}
          </p>
        )}
        {serverWords !== '' && !saysServerWords && (
          <p className={classes.server}>
            <span className={classes.label}>{t('outbox.server-words')}:</span> <code>{serverWords}</code>
          </p>
        )}
        {sentCopy !== null && sentCopy.problem !== null && (
          <p className={classes.server}>
            <SentCopyWords copy={sentCopy} />
          </p>
        )}
        <RecipientList state={state} recipients={recipients} />
        {state !== 'accepted' && state !== 'sending' && (
          <div className={classes.choices}>
            <DeliveryChoices outgoingId={id} state={state} />
          </div>
        )}
      </div>
    </li>
  );
}
