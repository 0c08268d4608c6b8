import type { Attendee, MeetingReply, MeetingResponse } from '../../src-shared/domain/meeting.ts';
import type { Address } from '../../src-shared/domain/message.ts';
import type { NotGiven } from './not-given.ts';

/** A span of time, end excluded, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** As a text names it: without the angle brackets of a header. */
export function contentIdOf(told: string | null | undefined): string {
  return (told ?? '').trim().replace(/^<(.*)>$/, '$1');
}

export interface NamedMeeting {
  readonly id: string;
  /** One of a series, as far as the server tells; a server may have another word for one of those that is gone. */
  readonly occurrence?: boolean;
}

/** A meeting or occurrence as a listing names it; `mark` is another when anything of it has changed. */
export interface ListedMeeting extends NamedMeeting {
  readonly mark: string;
}

export interface FetchedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** By which the meeting's text may name it (cid:); empty: it has none. */
  readonly contentId: string;
  /** What `fetchFile` knows it by; null: it is no file (a letter, a link). */
  readonly id: string | null;
}

export interface FetchedMeeting extends ListedMeeting {
  /** The same on every server that has a copy (iCalendar UID); empty where none is told. */
  readonly uid: string;
  readonly subject: string;
  readonly location: string;
  readonly organizer: Address | null;
  readonly attendees: readonly Attendee[];
  readonly start: number;
  readonly end: number;
  readonly allDay: boolean;
  readonly zone: string;
  readonly response: MeetingResponse;
  readonly cancelled: boolean;
  readonly recurring: boolean;
  /** An invitation by somebody else. */
  readonly answerable: boolean;
  /** Else its organiser cannot be told the answer, which stands in the calendar alone. */
  readonly responseRequested: boolean;
  readonly html: string | null;
  readonly text: string;
  readonly files: readonly FetchedFile[];
}

export interface FetchedMeetings {
  readonly given: readonly FetchedMeeting[];
  readonly notGiven: readonly NotGiven[];
}

/** What is answered to an invitation now, in a word that is another after each answer. */
export interface ReplyStanding {
  readonly response: MeetingResponse;
  readonly word: string;
  /** Is the word another even where the same is answered once more? */
  readonly exact: boolean;
}

export interface ReplyTarget extends NamedMeeting {
  readonly series: boolean;
}

/** The calendar of a mailbox; absent where the protocol has none. */
export interface CalendarDesk {
  /** Whose names they are: server, login and mailbox in one word. */
  readonly source: string;
  /** Has anything happened since `state` (null: never looked), in the span at least? One question where nothing has. */
  news(
    state: string | null,
    span: Span,
    signal: AbortSignal,
  ): Promise<{ readonly changed: boolean; readonly state: string }>;
  /** Everything that touches the span, each occurrence of a series by itself. */
  list(span: Span, signal: AbortSignal): Promise<readonly ListedMeeting[]>;
  /** Those that are gone meanwhile are left out. */
  fetch(meetings: readonly NamedMeeting[], signal: AbortSignal): Promise<FetchedMeetings>;
  /** Null when it is gone. */
  fetchFile(id: string, signal: AbortSignal): Promise<Uint8Array | null>;
  /** Null: it is no longer in the calendar. */
  standing(target: ReplyTarget, signal: AbortSignal): Promise<ReplyStanding | null>;
  /** Not known to be done after `network.*`: `standing` tells. */
  reply(target: ReplyTarget, reply: MeetingReply, signal: AbortSignal): Promise<void>;
}
