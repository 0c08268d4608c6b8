import { responseAfter } from '../../src-shared/domain/meeting.ts';
import type { ReplyStanding } from '../connectors/calendar.ts';
import type { DueReply } from '../store/api/calendar.ts';

/** `say` it; it is `done` already; the meeting is `gone`; or nobody can tell whether it was said (`unknown`). */
export type NextOfReply = 'say' | 'done' | 'gone' | 'unknown';

/** What an answer still needs, given how the server stands. A declined meeting leaves the calendar. */
export function planReply(due: DueReply, standing: ReplyStanding | null): NextOfReply {
  if (standing === null) return due.begun && due.answer === 'decline' ? 'done' : 'gone';
  if (!due.begun) return 'say';
  const asWanted = standing.response === responseAfter[due.answer];
  if (standing.word !== due.stood) return asWanted ? 'done' : 'unknown';
  return standing.exact || !asWanted ? 'say' : 'unknown';
}
