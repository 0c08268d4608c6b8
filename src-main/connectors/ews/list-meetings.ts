import type { ListedMeeting, Span } from '../calendar.ts';
import { keptFolder } from './folder-directory.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';
import { read } from './sync-items.ts';

/** Exchange gives a thousand at most, and cannot be asked for the next ones. */
const atATime = 500;
const shortest = 60 * 60_000;

/** A span with more than comes at once is asked for in halves; what lies across their border is told by both. */
export async function listMeetings(
  session: Session,
  span: Span,
  signal: AbortSignal,
): Promise<readonly ListedMeeting[]> {
  const found = new Map<string, ListedMeeting>();
  const ask = async ({ from, to }: Span): Promise<void> => {
    const page = await session.ask(
      (service) =>
        service.FindAppointments(keptFolder(session, ews.WellKnownFolderName.Calendar), viewOf({ from, to })),
      {},
      signal,
    );
    if (page.MoreAvailable && to - from > shortest) {
      const middle = Math.round((from + to) / 2);
      await ask({ from, to: middle });
      await ask({ from: middle, to });
      return;
    }
    for (const item of page.Items) {
      const { UniqueId: id, ChangeKey: mark } = item.Id;
      const type = read(() => item.AppointmentType, ews.AppointmentType.Single);
      found.set(id, { id, mark: mark ?? '', occurrence: type !== ews.AppointmentType.Single });
    }
  };
  await ask(span);
  return [...found.values()];
}

function viewOf({ from, to }: Span): ews.CalendarView {
  const view = new ews.CalendarView(instant(from), instant(to), atATime);
  view.PropertySet = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.AppointmentSchema.AppointmentType]);
  return view;
}

const instant = (at: number): ews.DateTime => new ews.DateTime(at, ews.DateTimeKind.Utc);
