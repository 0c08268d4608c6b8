import { z } from 'zod';
import { wireErrorSchema } from '../errors/wire.ts';
import { mailboxIdSchema, meetingIdSchema } from './ids.ts';
import { addressSchema } from './message.ts';
import { instantSchema } from './time.ts';

/** What has been said to an invitation; `organizer`: it is the mailbox's own meeting. */
export const meetingResponseSchema = z.enum(['none', 'organizer', 'tentative', 'accepted', 'declined', 'not-answered']);
export type MeetingResponse = z.infer<typeof meetingResponseSchema>;

export const meetingAnswerSchema = z.enum(['accept', 'tentative', 'decline']);
export type MeetingAnswer = z.infer<typeof meetingAnswerSchema>;

export const responseAfter: Readonly<Record<MeetingAnswer, MeetingResponse>> = {
  accept: 'accepted',
  tentative: 'tentative',
  decline: 'declined',
};

/** What a person wants said to an invitation (R86). */
export const meetingReplySchema = z
  .object({
    answer: meetingAnswerSchema,
    /** The organiser gets a letter; without it the answer stands in the calendar alone. */
    tell: z.boolean(),
    /** Words to the organiser; empty: none. */
    message: z.string().max(10_000),
    /** Of a series: all of it, else the one occurrence. */
    series: z.boolean(),
  })
  .readonly();
export type MeetingReply = z.infer<typeof meetingReplySchema>;

/** States as those of an effect on letters. */
export const recordedReplySchema = meetingReplySchema
  .unwrap()
  .extend({
    state: z.enum(['due', 'doing', 'done', 'gone', 'failed', 'cancelled']),
    plannedAt: instantSchema,
    doneAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type RecordedReply = z.infer<typeof recordedReplySchema>;

/** A line of the calendar. */
export const meetingSummarySchema = z
  .object({
    id: meetingIdSchema,
    mailboxId: mailboxIdSchema,
    subject: z.string(),
    location: z.string(),
    organizer: addressSchema.nullable(),
    /** Of a meeting of whole days: midnight of its first day in UTC, whatever zone anyone is in. */
    start: instantSchema,
    /** The moment after its last. */
    end: instantSchema,
    allDay: z.boolean(),
    /** Zone of the organiser, in the words of the server; empty where it says none. */
    zone: z.string(),
    response: meetingResponseSchema,
    cancelled: z.boolean(),
    /** One of a series. */
    recurring: z.boolean(),
    answerable: z.boolean(),
    /** Else an answer stands in the calendar alone: its organiser asked for none. */
    responseRequested: z.boolean(),
    /** No longer in the calendar of the server. */
    left: z.boolean(),
    reply: recordedReplySchema.nullable(),
    files: z.number().int(),
  })
  .readonly();
export type MeetingSummary = z.infer<typeof meetingSummarySchema>;

export const attendeeSchema = z
  .object({
    person: addressSchema,
    part: z.enum(['required', 'optional', 'resource']),
    response: meetingResponseSchema,
  })
  .readonly();
export type Attendee = z.infer<typeof attendeeSchema>;

export const meetingFileSchema = z
  .object({
    index: z.number().int().nonnegative(),
    name: z.string(),
    type: z.string(),
    size: z.number().int(),
    /** Its bytes are here; else it is known by name alone: too large, or no file. */
    loaded: z.boolean(),
    /** The text shows it (cid:). */
    inline: z.boolean(),
  })
  .readonly();
export type MeetingFile = z.infer<typeof meetingFileSchema>;

export const meetingSchema = meetingSummarySchema
  .unwrap()
  .omit({ files: true })
  .extend({
    attendees: z.array(attendeeSchema).readonly(),
    /** As the server gives it, not harmless yet; null: it has only `text`. */
    html: z.string().nullable(),
    text: z.string(),
    files: z.array(meetingFileSchema).readonly(),
  })
  .readonly();
export type Meeting = z.infer<typeof meetingSchema>;

/** How the calendar of a mailbox fares. */
export const calendarStateSchema = z
  .object({
    mailboxId: mailboxIdSchema,
    /** When it was looked at last without a failure. */
    lookedAt: instantSchema.nullable(),
    problem: wireErrorSchema.nullable(),
  })
  .readonly();
export type CalendarState = z.infer<typeof calendarStateSchema>;
