import { useMemo, useState } from 'react';
import type { MeetingId } from '../../src-shared/domain/ids.ts';
import type { Attendee, Meeting } from '../../src-shared/domain/meeting.ts';
import type { Address } from '../../src-shared/domain/message.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { LetterFrame } from '../letter/letter-frame.tsx';
import { LinksButton } from '../letter/links-button.tsx';
import { PlainText } from '../letter/plain-text.tsx';
import { RemotePicturesBar } from '../letter/remote-pictures-bar.tsx';
import { sanitizeLetter } from '../letter/sanitize-letter.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { dayOf } from './meeting-days.ts';
import { MeetingFiles } from './meeting-files.tsx';
import classes from './meeting-view.module.css';
import { ReplyPanel } from './reply-panel.tsx';
import { ResponseBadge } from './response-badge.tsx';

export function MeetingView({ meetingId }: { readonly meetingId: MeetingId }) {
  const t = useText();
  const { data: meeting, error } = useQuery('calendar.meeting', { meetingId });
  if (error)
    return (
      <div className={classes.part}>
        <ErrorNotice error={error} />
      </div>
    );
  if (!meeting) return null;
  return (
    <article className={classes.meeting} aria-label={meeting.subject || t('calendar.noSubject')}>
      <MeetingHead meeting={meeting} />
      {(meeting.answerable || meeting.reply) && <ReplyPanel key={meeting.id} meeting={meeting} />}
      <MeetingFiles meeting={meeting} />
      <MeetingBody key={`body ${meeting.id}`} meeting={meeting} />
    </article>
  );
}

function MeetingHead({ meeting }: { readonly meeting: Meeting }) {
  const t = useText();
  const { subject, location, organizer, attendees, recurring, allDay, zone } = meeting;
  const people = (part: Attendee['part']) =>
    attendees.filter((one) => one.part === part).map((one) => named(one.person));
  const lines = [
    { label: t('calendar.where'), words: location },
    { label: t('calendar.from'), words: organizer ? named(organizer) : '' },
    { label: t('calendar.to'), words: people('required').join(', ') },
    { label: t('calendar.optional'), words: people('optional').join(', ') },
    { label: t('calendar.resource'), words: people('resource').join(', ') },
  ];
  return (
    <header className={classes.head}>
      <h2 className={classes.subject} data-selectable>
        {subject || t('calendar.noSubject')}
      </h2>
      <div className={classes.state}>
        <ResponseBadge meeting={meeting} />
        {recurring && <span className={classes.dim}>{t('calendar.recurring')}</span>}
      </div>
      <dl className={classes.lines}>
        <dt>{t('calendar.when')}</dt>
        <dd title={zone === '' || allDay ? undefined : t('calendar.zone', { zone })} data-selectable>
          {useSpanWords(meeting)}
        </dd>
        {lines.map(
          ({ label, words }) =>
            words !== '' && (
              <div key={label} className={classes.line}>
                <dt>{label}</dt>
                <dd data-selectable>{words}</dd>
              </div>
            ),
        )}
      </dl>
    </header>
  );
}

const named = ({ name, address }: Address): string =>
  name !== '' && address !== '' && name !== address ? `${name} <${address}>` : name || address;

function useSpanWords(meeting: Meeting): string {
  const t = useText();
  const format = useFormats();
  const { start, end, allDay } = meeting;
  const first = dayOf(meeting);
  if (allDay) {
    const last = dayOf({ start: end - 1, allDay });
    const days = first === last ? format.weekDay(first) : `${format.weekDay(first)} – ${format.weekDay(last)}`;
    return `${days}, ${t('calendar.allDay')}`;
  }
  const sameDay = first === dayOf({ start: end, allDay });
  const until = sameDay ? format.clockTime(end) : `${format.weekDay(end)}, ${format.clockTime(end)}`;
  return `${format.weekDay(start)}, ${format.clockTime(start)} – ${until}`;
}

const noPictures = {};

/** Made harmless on the same path as letters. */
function MeetingBody({ meeting: { id: meetingId, html, text } }: { readonly meeting: Meeting }) {
  const t = useText();
  const [remote, setRemote] = useState<Readonly<Record<string, string>>>(noPictures);
  const inline = useQuery('calendar.inlinePictures', { meetingId }, { enabled: /cid:/i.test(html ?? '') });
  const clean = useMemo(
    () => (html === null ? null : sanitizeLetter(html, { inline: inline.data ?? noPictures, remote })),
    [html, inline.data, remote],
  );
  if (clean === null)
    return (
      <div className={classes.text}>
        {text.trim() === '' ? <p className={classes.dim}>{t('calendar.noText')}</p> : <PlainText text={text} />}
      </div>
    );
  return (
    <div className={classes.body}>
      {(clean.remotePictures.length > 0 || clean.links.length > 0) && (
        <div className={classes.outside}>
          <RemotePicturesBar urls={clean.remotePictures} onShow={(fetched) => setRemote({ ...remote, ...fetched })} />
          <LinksButton links={clean.links} />
        </div>
      )}
      {inline.error && (
        <div className={classes.part}>
          <ErrorNotice error={inline.error} tone="late" />
        </div>
      )}
      <LetterFrame letter={clean} />
    </div>
  );
}
