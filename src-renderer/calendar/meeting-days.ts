import type { MeetingSummary } from '../../src-shared/domain/meeting.ts';

export interface MeetingDay {
  /** Midnight where the reader is. */
  readonly day: number;
  readonly meetings: readonly MeetingSummary[];
}

/** Midnight of the reader's day. Whole days are the same dates everywhere. */
export function dayOf({ start, allDay }: Pick<MeetingSummary, 'start' | 'allDay'>): number {
  const at = new Date(start);
  return allDay
    ? new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()).getTime()
    : new Date(start).setHours(0, 0, 0, 0);
}

/** By day, whole days first; what began before `from` stands on that day. */
export function byDay(meetings: readonly MeetingSummary[], from: number): readonly MeetingDay[] {
  const days = new Map<number, MeetingSummary[]>();
  for (const meeting of meetings) {
    const day = Math.max(dayOf(meeting), from);
    days.set(day, [...(days.get(day) ?? []), meeting]);
  }
  const order = (a: MeetingSummary, b: MeetingSummary) => Number(b.allDay) - Number(a.allDay) || a.start - b.start;
  return [...days].sort(([a], [b]) => a - b).map(([day, some]) => ({ day, meetings: some.sort(order) }));
}
