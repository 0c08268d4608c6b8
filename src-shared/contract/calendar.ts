import { z } from 'zod';
import { mailboxIdSchema, meetingIdSchema } from '../domain/ids.ts';
import { calendarStateSchema, meetingReplySchema, meetingSchema, meetingSummarySchema } from '../domain/meeting.ts';
import { instantSchema } from '../domain/time.ts';
import { defineContract } from './define-contract.ts';

const one = z.object({ meetingId: meetingIdSchema });

export const calendarContract = defineContract({
  methods: {
    /** Mailboxes whose calendar is followed, and how it fares. */
    'calendar.states': { input: z.void(), output: z.array(calendarStateSchema), errors: [] },
    /** Meetings of these mailboxes that touch the span, by their start. */
    'calendar.list': {
      input: z.object({ from: instantSchema, to: instantSchema }),
      output: z.array(meetingSummarySchema),
      errors: [],
    },
    'calendar.meeting': { input: one, output: meetingSchema, errors: ['meeting.gone'] },
    /** Pictures that the meeting's text shows (cid:), as data: URLs by content id. */
    'calendar.inlinePictures': { input: one, output: z.record(z.string(), z.string()), errors: ['meeting.gone'] },
    /** Recorded now, said to the server as soon as it is there; in place of an answer that has not been said yet. */
    'calendar.answer': {
      input: one.extend({ reply: meetingReplySchema }),
      output: meetingSchema,
      errors: ['meeting.gone', 'meeting.not-answerable', 'meeting.not-followed', 'state.conflict'],
    },
    /** Of an answer that has not been said. */
    'calendar.cancelAnswer': { input: one, output: meetingSchema, errors: ['meeting.gone', 'state.conflict'] },
    'calendar.answerAgain': {
      input: one,
      output: meetingSchema,
      errors: ['meeting.gone', 'meeting.not-followed', 'state.conflict'],
    },
    /** Asks the person where to; null when they thought better of it. */
    'calendar.saveFile': {
      input: one.extend({ index: z.number().int().nonnegative() }),
      output: z.object({ path: z.string() }).nullable(),
      errors: ['meeting.gone', 'file.not-written'],
    },
  },
  events: {
    'calendar.changed': z.object({ mailboxId: mailboxIdSchema.nullable() }),
  },
});
