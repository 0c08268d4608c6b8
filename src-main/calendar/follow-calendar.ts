import { longestHtml } from '../../src-shared/domain/longest-html.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { CalendarDesk, FetchedFile, FetchedMeeting, NamedMeeting, Span } from '../connectors/calendar.ts';
import { type NotGiven, notGivenError } from '../connectors/not-given.ts';
import type { Logger } from '../logs/logs.ts';
import { htmlToText } from '../mime/html-to-text.ts';
import type { MeetingToKeep } from '../store/api/calendar.ts';
import type { Store } from '../store/store.ts';

export interface FollowParts {
  readonly store: Pick<Store, 'call'>;
  readonly desk: CalendarDesk;
  readonly log: Logger;
  readonly now: () => number;
}

const day = 24 * 60 * 60_000;
/** A month back, half a year ahead: what people plan in, and small enough for one question to most servers. */
const back = 31 * day;
const ahead = 184 * day;
/** Bodies of so many come in one answer. */
const atATime = 25;

/** Whole days, so that a quiet calendar is listed once a day and not at each pass. */
export function spanAt(now: number): Span {
  const today = Math.floor(now / day) * day;
  return { from: today - back, to: today + ahead };
}

/**
 * Brings the meetings that are here in line with the server's: one question where nothing has happened. How far it was followed is kept last, so that an interrupted look is
 * made again, over what it has brought already; what the server did not give is not known here and is asked for again. True: something is other than before.
 */
export async function followCalendar(mailbox: Mailbox, parts: FollowParts, signal: AbortSignal): Promise<boolean> {
  const { store, desk, log, now } = parts;
  const mailboxId = mailbox.id;
  const { source } = desk;
  const span = spanAt(now());
  const before = await store.call('calendar.followed', { mailboxId });
  const same = before?.source === source ? before : null;
  const { changed, state } = await desk.news(same?.syncState ?? null, span, signal);
  const followed = { source, syncState: state, ...span };
  const quiet = !changed && same?.problem === null && same.from === span.from && same.to === span.to;
  if (quiet) {
    await store.call('calendar.settle', { mailboxId, followed, listed: null, problem: null, at: now() });
    return false;
  }
  const listed = await desk.list(span, signal);
  const known = new Map((await store.call('calendar.known', { mailboxId })).map(({ id, mark }) => [id, mark]));
  const wanted = listed.filter(({ id, mark }) => known.get(id) !== mark);
  const notGiven: NotGiven[] = [];
  for (let at = 0; at < wanted.length; at += atATime)
    notGiven.push(...(await bring(mailbox, wanted.slice(at, at + atATime), parts, signal)));
  const error = notGivenError('meeting.not-given', notGiven);
  const problem = error && toWire(error);
  // Once, and not with each pass that finds the same.
  if (error && JSON.stringify(problem) !== JSON.stringify(same?.problem))
    log.warn('meetings not given', { mailbox: mailboxId, error });
  const ids = listed.map(({ id }) => id);
  await store.call('calendar.settle', { mailboxId, followed, listed: ids, problem, at: now() });
  return true;
}

/** Meetings without files are kept together; one with files alone, so that its bytes are held once. */
async function bring(
  mailbox: Mailbox,
  meetings: readonly NamedMeeting[],
  { store, desk }: FollowParts,
  signal: AbortSignal,
): Promise<readonly NotGiven[]> {
  const mailboxId = mailbox.id;
  const { given, notGiven } = await desk.fetch(meetings, signal);
  const bare = given.filter(({ files }) => files.length === 0);
  if (bare.length > 0) await store.call('calendar.put', { mailboxId, meetings: bare.map((one) => toKeep(one, [])) });
  const largest = mailbox.settings.loading.largestMb * 1024 * 1024;
  for (const meeting of given.filter(({ files }) => files.length > 0)) {
    const files: MeetingToKeep['files'][number][] = [];
    let room = largest;
    for (const file of meeting.files) {
      const bytes = file.size <= room ? await bytesOf(file, desk, signal) : null;
      room -= bytes?.length ?? 0;
      const { name, type, contentId } = file;
      files.push({ name, type, size: bytes?.length ?? file.size, contentId, bytes });
    }
    await store.call('calendar.put', { mailboxId, meetings: [toKeep(meeting, files)] });
  }
  return notGiven;
}

/** Null: it is no file, is gone, or is one that the server does not give. */
async function bytesOf(
  { id }: FetchedFile,
  desk: CalendarDesk,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = id === null ? null : await desk.fetchFile(id, signal).catch(unlessRefused);
  // A copy: small buffers share their memory, which cannot be handed on.
  return bytes && Uint8Array.from(bytes);
}

function unlessRefused(error: unknown): null {
  if (!isAppError(error, 'server.refused')) throw error;
  return null;
}

const longestText = 200_000;
/** More is no subject and no room of anybody. */
const longestLine = 1000;
const mostAttendees = 2000;

/** Whoever sends an invitation may be anybody: texts end somewhere, with dots where they were longer. */
function toKeep(meeting: FetchedMeeting, files: MeetingToKeep['files']): MeetingToKeep {
  const { html, text } = meeting;
  const tooLong = html !== null && html.length > longestHtml;
  return {
    ...meeting,
    subject: ended(meeting.subject, longestLine),
    location: ended(meeting.location, longestLine),
    attendees: meeting.attendees.slice(0, mostAttendees),
    html: tooLong ? null : html,
    text: ended(tooLong ? `${htmlToText(html)}\n…` : text, longestText),
    files,
  };
}

const ended = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text;
