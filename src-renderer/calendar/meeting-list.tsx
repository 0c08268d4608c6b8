import { UnstyledButton } from '@mantine/core';
import type { MeetingId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import type { MeetingDay } from './meeting-days.ts';
import classes from './meeting-list.module.css';
import { ResponseBadge } from './response-badge.tsx';

export interface MeetingListProps {
  readonly days: readonly MeetingDay[];
  readonly selected: MeetingId | null;
  readonly onSelect: (id: MeetingId) => void;
}

/** Days with their meetings, in the reader's time. */
export function MeetingList({ days, selected, onSelect }: MeetingListProps) {
  const t = useText();
  const format = useFormats();
  return (
    <div className={classes.days}>
      {days.map(({ day, meetings }) => (
        <section key={day} aria-label={format.weekDay(day)}>
          <h2 className={classes.day}>{format.weekDay(day)}</h2>
          <ul className={classes.rows}>
            {meetings.map((meeting) => (
              <li key={meeting.id}>
                <UnstyledButton
                  className={classes.row}
                  aria-current={meeting.id === selected || undefined}
                  data-over={meeting.cancelled || meeting.left || undefined}
                  onClick={() => onSelect(meeting.id)}
                >
                  <span className={classes.time}>
                    {meeting.allDay ? t('calendar.allDay') : format.clockTime(meeting.start)}
                  </span>
                  <span className={classes.words}>
                    <span className={classes.subject}>{meeting.subject || t('calendar.noSubject')}</span>
                    <span className={classes.facts}>
                      {[meeting.location, meeting.organizer?.name].filter(Boolean).join(' · ')}
                    </span>
                    <ResponseBadge meeting={meeting} />
                  </span>
                </UnstyledButton>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
