import type { calendarContract } from '../../src-shared/contract/calendar.ts';
import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { MailboxId, MeetingId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { followsCalendar } from '../../src-shared/domain/mailbox-directions.ts';
import type { Meeting } from '../../src-shared/domain/meeting.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import { asksToWait } from '../connectors/retry-after.ts';
import type { Events } from '../events/events.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { Logger } from '../logs/logs.ts';
import { inlinePictureUrls } from '../mime/inline-pictures.ts';
import { safeFileName } from '../mime/safe-file-name.ts';
import type { Store } from '../store/store.ts';
import { carryOutReplies } from './carry-out-replies.ts';
import { followCalendar } from './follow-calendar.ts';

export interface CalendarParts {
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Logger;
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  /** An answer was recorded: a pass over this mailbox would say it now. */
  readonly wake: (mailboxId: MailboxId) => void;
  readonly now?: () => number;
}

export interface Calendar {
  readonly handlers: Handlers<typeof calendarContract>;
  /** Says what is to be answered and looks for what is new, on the connection of a pass. A calendar that fails is no failure of the mailbox: its letters come all the same. Throws what ends the pass: a server that asks to be left alone for a time. */
  follow(mailbox: Mailbox, connector: IncomingConnector, signal: AbortSignal): Promise<void>;
}

export function createCalendar(parts: CalendarParts): Calendar {
  const { store, events, log } = parts;
  const now = parts.now ?? Date.now;
  const changed = (mailboxId: MailboxId) => events.emit('calendar.changed', { mailboxId });
  const followedIds = async () =>
    (await store.call('mailboxes.list', undefined))
      .filter(({ settings }) => followsCalendar(settings))
      .map(({ id }) => id);
  /** After `change`, and told to whoever looks. */
  const after = async (meetingId: MeetingId, change: Promise<void>): Promise<Meeting> => {
    await change;
    const meeting = await store.call('calendar.meeting', { meetingId });
    changed(meeting.mailboxId);
    if (meeting.reply?.state === 'due' || meeting.reply?.state === 'doing') parts.wake(meeting.mailboxId);
    return meeting;
  };
  return {
    handlers: {
      'calendar.states': async () => store.call('calendar.states', { mailboxIds: await followedIds() }),
      'calendar.list': async (span) => store.call('calendar.list', { ...span, mailboxIds: await followedIds() }),
      'calendar.meeting': (question) => store.call('calendar.meeting', question),
      'calendar.inlinePictures': async (question) =>
        inlinePictureUrls(await store.call('calendar.inlineFiles', question)),
      'calendar.answer': ({ meetingId, reply }) =>
        after(meetingId, store.call('replies.plan', { meetingId, reply, at: now() })),
      'calendar.cancelAnswer': ({ meetingId }) =>
        after(meetingId, store.call('replies.change', { meetingId, to: 'cancelled' })),
      'calendar.answerAgain': ({ meetingId }) =>
        after(meetingId, store.call('replies.change', { meetingId, to: 'due' })),
      'calendar.saveFile': async (question) => {
        const { name, bytes } = await store.call('calendar.file', question);
        const path = await parts.askWhereToSave(safeFileName(name));
        if (path === null) return null;
        await writeWhole(path, bytes);
        return { path };
      },
    },
    async follow(mailbox, { calendar: desk }, signal) {
      if (desk === undefined || !followsCalendar(mailbox.settings)) return;
      try {
        const ended = await carryOutReplies(mailbox.id, { store, desk, now }, signal);
        const news = await followCalendar(mailbox, { store, desk, log, now }, signal);
        if (ended > 0 || news) changed(mailbox.id);
      } catch (error) {
        if (isAppError(error, 'cancelled') || isAppError(error, 'store.unavailable')) throw error;
        log.warn('calendar not followed', { mailbox: mailbox.id, error });
        await store.call('calendar.failed', { mailboxId: mailbox.id, problem: toWire(error) });
        changed(mailbox.id);
        if (asksToWait(error)) throw error;
      }
    },
  };
}
