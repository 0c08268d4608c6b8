import { Button, Switch, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  type Meeting,
  type MeetingAnswer,
  meetingAnswerSchema,
  type RecordedReply,
} from '../../src-shared/domain/meeting.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './meeting-view.module.css';

/** What was answered and how it fares, and the three answers. */
export function ReplyPanel({ meeting }: { readonly meeting: Meeting }) {
  const t = useText();
  const { id: meetingId, mailboxId, reply, answerable, recurring, responseRequested } = meeting;
  const followed = useQuery('calendar.states').data?.some((state) => state.mailboxId === mailboxId) ?? true;
  const [wish, setWish] = useState(true);
  const tell = wish && responseRequested;
  const [message, setMessage] = useState('');
  const [series, setSeries] = useState(recurring);
  const answering = useAction('calendar.answer', { onSuccess: () => setMessage('') });
  const answer = (one: MeetingAnswer) =>
    answering.run({ meetingId, reply: { answer: one, tell, message: tell ? message.trim() : '', series } });
  return (
    <section className={classes.reply} aria-label={t('calendar.answer')}>
      <h3 className={classes.replyTitle}>{t('calendar.answer')}</h3>
      {reply && <RecordedAnswer meeting={meeting} reply={reply} followed={followed} />}
      {answerable && !followed && <p className={classes.dim}>{t('calendar.answer.notFollowed')}</p>}
      {answerable && followed && reply?.state !== 'doing' && (
        <>
          <div className={classes.row}>
            {meetingAnswerSchema.options.map((one) => (
              <Button key={one} variant="default" onClick={() => answer(one)} disabled={answering.pending}>
                {t(`calendar.answer.${one}`)}
              </Button>
            ))}
          </div>
          {!responseRequested && <p className={classes.dim}>{t('calendar.tell.notRequested')}</p>}
          {(responseRequested || recurring) && (
            <div className={classes.row}>
              {responseRequested && (
                <Switch
                  label={t('calendar.tell')}
                  description={tell ? null : t('calendar.tell.off')}
                  checked={tell}
                  onChange={({ currentTarget }) => setWish(currentTarget.checked)}
                />
              )}
              {recurring && (
                <Switch
                  label={t('calendar.series')}
                  checked={series}
                  onChange={({ currentTarget }) => setSeries(currentTarget.checked)}
                />
              )}
            </div>
          )}
          {tell && (
            <Textarea
              aria-label={t('calendar.message')}
              placeholder={t('calendar.message')}
              value={message}
              onChange={({ currentTarget }) => setMessage(currentTarget.value)}
              autosize
              maxRows={6}
              maxLength={10_000}
            />
          )}
        </>
      )}
      {answering.error && <ErrorNotice error={answering.error} />}
    </section>
  );
}

/** Nobody follows the calendar any more. */
const stoppedBy: readonly string[] = ['meeting.not-followed', 'mailbox.only-sends'];

interface RecordedAnswerProps {
  readonly meeting: Meeting;
  readonly reply: RecordedReply;
  readonly followed: boolean;
}

function RecordedAnswer({ meeting, reply, followed }: RecordedAnswerProps) {
  const t = useText();
  const format = useFormats();
  const { id: meetingId } = meeting;
  const cancel = useAction('calendar.cancelAnswer');
  const again = useAction('calendar.answerAgain');
  const error = cancel.error ?? again.error;
  const { state } = reply;
  // What was in the way then need not be any more.
  const stopped = state === 'cancelled' && stoppedBy.includes(reply.problem?.code ?? '');
  const words = { answer: t(`calendar.answer.${reply.answer}`), when: format.timeAgo(reply.doneAt ?? reply.plannedAt) };
  return (
    <>
      <div className={classes.row}>
        <p className={classes.said} role="status">
          {t(stopped ? 'calendar.reply.stopped' : `calendar.reply.${state}`, words)}
        </p>
        {state === 'due' && (
          <Button size="xs" variant="subtle" onClick={() => cancel.run({ meetingId })} loading={cancel.pending}>
            {t('calendar.reply.cancel')}
          </Button>
        )}
        {state === 'failed' && followed && (
          <Button size="xs" variant="default" onClick={() => again.run({ meetingId })} loading={again.pending}>
            {t('calendar.reply.again')}
          </Button>
        )}
      </div>
      {reply.problem && !stopped && <ErrorNotice error={reply.problem} />}
      {error && <ErrorNotice error={error} />}
    </>
  );
}
