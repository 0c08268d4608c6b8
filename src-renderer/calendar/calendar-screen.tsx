import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { MeetingId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { LookedAt } from '../ui/looked-at.tsx';
import { Panes } from '../ui/panes.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import classes from './calendar-screen.module.css';
import { byDay } from './meeting-days.ts';
import { MeetingList } from './meeting-list.tsx';
import { MeetingView } from './meeting-view.tsx';

const day = 24 * 60 * 60_000;

/** Meetings of all followed calendars by day, and one of them. Everything comes from the store. */
export function CalendarScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { meeting, past } = useSearch({ from: '/calendar' });
  const selected = (meeting ?? null) as MeetingId | null;
  const states = useQuery('calendar.states');
  const meetings = useMeetings(past === true);
  const go = (search: { meeting?: number | undefined; past?: boolean | undefined }) =>
    void navigate({ to: '/calendar', search, replace: true });
  const title = (
    <VisuallyHidden>
      <h1>{t('calendar.title')}</h1>
    </VisuallyHidden>
  );
  if (states.data?.length === 0)
    return (
      <>
        {title}
        <EmptyState
          icon={IconCalendar}
          text={t('calendar.off')}
          action={{ label: t('calendar.off.action'), run: () => void navigate({ to: '/mailboxes' }) }}
        />
      </>
    );
  return (
    <div className={classes.screen}>
      {title}
      <Panes
        name="calendar"
        separatorLabel={t('calendar.title')}
        panes={[
          {
            id: 'meetings',
            defaultSize: '380px',
            minSize: '260px',
            content: (
              <div className={classes.list}>
                <div className={classes.top}>
                  <SegmentedControl
                    size="xs"
                    aria-label={t('calendar.span')}
                    value={past ? 'past' : 'ahead'}
                    onChange={(span) => go({ past: span === 'past' ? true : undefined })}
                    data={(['ahead', 'past'] as const).map((one) => ({ value: one, label: t(`calendar.${one}`) }))}
                  />
                  <LookedAt looks={states.data ?? []} never={t('calendar.notLooked')} />
                </div>
                {states.error && <ErrorNotice error={states.error} />}
                {states.data?.map(
                  ({ mailboxId, problem }) => problem && <ErrorNotice key={mailboxId} error={problem} />,
                )}
                <Meetings
                  {...meetings}
                  past={past === true}
                  selected={selected}
                  onSelect={(id) => go({ meeting: id, past })}
                />
              </div>
            ),
          },
          {
            id: 'meeting',
            defaultSize: '62%',
            minSize: '320px',
            content:
              selected === null ? (
                meetings.data?.length !== 0 && <EmptyState icon={IconCalendar} text={t('calendar.pick')} />
              ) : (
                <MeetingView meetingId={selected} />
              ),
          },
        ]}
      />
    </div>
  );
}

function useMeetings(past: boolean) {
  const today = new Date().setHours(0, 0, 0, 0);
  const span = useMemo(
    () => (past ? { from: today - 31 * day, to: today } : { from: today, to: today + 184 * day }),
    [past, today],
  );
  const { data, error } = useQuery('calendar.list', span, { keepPrevious: true });
  return { data, error, from: span.from };
}

interface MeetingsProps extends ReturnType<typeof useMeetings> {
  readonly past: boolean;
  readonly selected: MeetingId | null;
  readonly onSelect: (id: MeetingId) => void;
}

function Meetings({ data, error, from, past, selected, onSelect }: MeetingsProps) {
  const t = useText();
  const days = useMemo(() => byDay(data ?? [], from), [data, from]);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <RowSkeletons rows={6} height={64} />;
  if (data.length === 0)
    return <EmptyState icon={IconCalendar} text={t(past ? 'calendar.empty.past' : 'calendar.empty.ahead')} />;
  return <MeetingList days={past ? [...days].reverse() : days} selected={selected} onSelect={onSelect} />;
}
