import { z } from 'zod';

/** dateTimeTimeZone: without a wish for another zone all times are told in UTC. */
const momentShape = z.object({ dateTime: z.string(), timeZone: z.string().nullish() });

const personShape = z.object({
  emailAddress: z.object({ name: z.string().nullish(), address: z.string().nullish() }).nullish(),
});

const responseShape = z.object({ response: z.string().nullish(), time: z.string().nullish() });

/** An event as listings name it; `changeKey` is another when anything of it has changed. */
export const eventNamesPage = z.object({
  value: z.array(z.object({ id: z.string().min(1), changeKey: z.string().nullish() })),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

export const eventShape = z.object({
  id: z.string().min(1),
  changeKey: z.string().nullish(),
  iCalUId: z.string().nullish(),
  subject: z.string().nullish(),
  body: z.object({ contentType: z.string().nullish(), content: z.string().nullish() }).nullish(),
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  start: momentShape,
  end: momentShape,
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  isOrganizer: z.boolean().nullish(),
  responseRequested: z.boolean().nullish(),
  responseStatus: responseShape.nullish(),
  organizer: personShape.nullish(),
  attendees: z.array(personShape.extend({ type: z.string().nullish(), status: responseShape.nullish() })).nullish(),
  type: z.string().nullish(),
  originalStartTimeZone: z.string().nullish(),
  hasAttachments: z.boolean().nullish(),
});
export type ToldEvent = z.output<typeof eventShape>;

/** Everything that is read of an event, and nothing more. */
export const eventFields = Object.keys(eventShape.shape).join(',');

export const standingShape = z.object({
  id: z.string().min(1),
  seriesMasterId: z.string().nullish(),
  responseRequested: z.boolean().nullish(),
  responseStatus: responseShape.nullish(),
});
export const standingFields = Object.keys(standingShape.shape).join(',');

/** A content id is a property of one kind of file alone, so it is asked for by that kind's name. */
export const attachmentFields = 'id,name,contentType,size,microsoft.graph.fileAttachment/contentId';

export const attachmentsPage = z.object({
  value: z.array(
    z.object({
      '@odata.type': z.string().optional(),
      id: z.string().min(1),
      name: z.string().nullish(),
      contentType: z.string().nullish(),
      size: z.number().nullish(),
      contentId: z.string().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});
