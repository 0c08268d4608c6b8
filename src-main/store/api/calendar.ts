import { z } from 'zod';
import { defineContract } from '../../../src-shared/contract/define-contract.ts';
import { mailboxIdSchema, meetingIdSchema } from '../../../src-shared/domain/ids.ts';
import {
  attendeeSchema,
  calendarStateSchema,
  meetingReplySchema,
  meetingResponseSchema,
  meetingSchema,
  meetingSummarySchema,
} from '../../../src-shared/domain/meeting.ts';
import { addressSchema } from '../../../src-shared/domain/message.ts';
import { instantSchema } from '../../../src-shared/domain/time.ts';
import { wireErrorSchema } from '../../../src-shared/errors/wire.ts';

/** How far the calendar of a mailbox has been followed. */
export const followedCalendarSchema = z
  .object({
    source: z.string(),
    syncState: z.string().nullable(),
    from: instantSchema,
    to: instantSchema,
  })
  .readonly();
export type FollowedCalendar = z.infer<typeof followedCalendarSchema>;

export const meetingToKeepSchema = z
  .object({
    id: z.string(),
    mark: z.string(),
    uid: z.string(),
    subject: z.string(),
    location: z.string(),
    organizer: addressSchema.nullable(),
    attendees: z.array(attendeeSchema).readonly(),
    start: instantSchema,
    end: instantSchema,
    allDay: z.boolean(),
    zone: z.string(),
    response: meetingResponseSchema,
    cancelled: z.boolean(),
    recurring: z.boolean(),
    answerable: z.boolean(),
    responseRequested: z.boolean(),
    html: z.string().nullable(),
    text: z.string(),
    files: z
      .array(
        z.object({
          name: z.string(),
          type: z.string(),
          size: z.number().int(),
          /** By which the text names it; empty: it does not. */
          contentId: z.string(),
          bytes: z.instanceof(Uint8Array).nullable(),
        }),
      )
      .readonly(),
  })
  .readonly();
export type MeetingToKeep = z.infer<typeof meetingToKeepSchema>;

export const dueReplySchema = meetingReplySchema
  .unwrap()
  .extend({
    replyId: z.number().int(),
    itemId: z.string(),
    /** The meeting is one of a series, of which all or it alone is answered. */
    occurrence: z.boolean(),
    /** An earlier attempt did not come to its end: it may have been done. */
    begun: z.boolean(),
    /** How the answer stood before that attempt. */
    stood: z.string().nullable(),
  })
  .readonly();
export type DueReply = z.infer<typeof dueReplySchema>;

const ofMailbox = z.object({ mailboxId: mailboxIdSchema });
const one = z.object({ meetingId: meetingIdSchema });

export const calendarRowsContract = defineContract({
  methods: {
    /** Null: never looked at. */
    'calendar.followed': {
      input: ofMailbox,
      output: followedCalendarSchema.unwrap().extend({ problem: wireErrorSchema.nullable() }).nullable(),
      errors: [],
    },
    /** Names and marks of the meetings that are here. */
    'calendar.known': {
      input: ofMailbox,
      output: z.array(z.object({ id: z.string(), mark: z.string() })),
      errors: [],
    },
    /** A meeting that is here under another name keeps its row. */
    'calendar.put': {
      input: ofMailbox.extend({ meetings: z.array(meetingToKeepSchema) }),
      output: z.void(),
      errors: [],
    },
    /** The span was looked at to the end. `listed`: what stands in it, all else of it has left; null: nothing has happened. `problem`: not all of it was given. */
    'calendar.settle': {
      input: ofMailbox.extend({
        followed: followedCalendarSchema,
        listed: z.array(z.string()).nullable(),
        problem: wireErrorSchema.nullable(),
        at: instantSchema,
      }),
      output: z.void(),
      errors: [],
    },
    'calendar.failed': { input: ofMailbox.extend({ problem: wireErrorSchema }), output: z.void(), errors: [] },
    'calendar.states': {
      input: z.object({ mailboxIds: z.array(mailboxIdSchema) }),
      output: z.array(calendarStateSchema),
      errors: [],
    },

    /** Those that touch the span, by their start. */
    'calendar.list': {
      input: z.object({ mailboxIds: z.array(mailboxIdSchema), from: instantSchema, to: instantSchema }),
      output: z.array(meetingSummarySchema),
      errors: [],
    },
    'calendar.meeting': { input: one, output: meetingSchema, errors: ['meeting.gone'] },
    /** Files that the text may name and whose bytes are here. */
    'calendar.inlineFiles': {
      input: one,
      output: z.array(z.object({ contentId: z.string(), bytes: z.instanceof(Uint8Array) })),
      errors: ['meeting.gone'],
    },
    'calendar.file': {
      input: one.extend({ index: z.number().int() }),
      output: z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
      errors: ['meeting.gone'],
    },

    /** Recorded, in place of one that has not begun. */
    'replies.plan': {
      input: one.extend({ reply: meetingReplySchema, at: instantSchema }),
      output: z.void(),
      errors: ['meeting.gone', 'meeting.not-answerable', 'meeting.not-followed', 'state.conflict'],
    },
    'replies.due': { input: ofMailbox, output: z.array(dueReplySchema), errors: [] },
    /** Commits that it is being done, before the server is told; false where it was called off meanwhile. */
    'replies.begin': {
      input: z.object({ replyId: z.number().int(), stood: z.string() }),
      output: z.boolean(),
      errors: [],
    },
    'replies.end': {
      input: z.object({
        replyId: z.number().int(),
        state: z.enum(['done', 'gone', 'failed']),
        problem: wireErrorSchema.nullable(),
        at: instantSchema,
      }),
      output: z.void(),
      errors: [],
    },
    /** A person's word on one that waits or has failed. */
    'replies.change': {
      input: one.extend({ to: z.enum(['due', 'cancelled']) }),
      output: z.void(),
      errors: ['meeting.not-followed', 'state.conflict'],
    },
  },
  events: {},
});
