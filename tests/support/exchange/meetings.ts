import { addItem, removeItem, type StoredFolder, type StoredItem, touchItem } from './mailboxes.ts';
import { escapeXml, failed, succeeded } from './words.ts';

interface Person {
  readonly name: string;
  readonly address: string;
}

/** In the words of the schema. Null and empty: left out of the answer, as by a server that has not got it. */
export interface StoredMeeting {
  uid: string;
  subject: string;
  location: string;
  body: string;
  start: number;
  end: number;
  allDay: boolean;
  /** Graph tells whole days as the moments at which they begin, not as midnights. */
  asMoments?: boolean;
  zone: string;
  /** As StartTimeZone tells it, to a server of 2007 as MeetingTimeZone; `bias` as a duration. */
  startZone: { readonly id: string; readonly name: string; readonly bias: string } | null;
  response: string;
  repliedAt: number | null;
  isMeeting: boolean;
  responseRequested: boolean;
  cancelled: boolean;
  organizer: Person | null;
  required: readonly Person[];
  optional: readonly Person[];
  files: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: Buffer | null;
    readonly contentId?: string;
  }[];
  type: 'Single' | 'Occurrence' | 'RecurringMaster';
  /** Of an occurrence: ItemId of its series. */
  series?: string;
}

export interface MeetingAnswered {
  /** AcceptItem, DeclineItem, TentativelyAcceptItem. */
  readonly answer: string;
  readonly subject: string;
  readonly disposition: string;
  readonly body: string;
}

const hour = 60 * 60_000;

export function addMeeting(folder: StoredFolder, meeting: Partial<StoredMeeting> = {}): StoredItem {
  const start = meeting.start ?? Date.now() + 24 * hour;
  const whole: StoredMeeting = {
    uid: `uid-${folder.log.length}-${start}`,
    subject: 'Meeting',
    location: '',
    body: '',
    start,
    end: start + hour,
    allDay: false,
    zone: '(UTC+03:00) Moscow, St. Petersburg',
    startZone: null,
    response: 'NoResponseReceived',
    repliedAt: null,
    isMeeting: true,
    responseRequested: true,
    cancelled: false,
    organizer: { name: 'Eve', address: 'eve@company.example' },
    required: [{ name: 'Bob', address: 'bob@company.example' }],
    optional: [],
    files: [],
    type: 'Single',
    ...meeting,
  };
  return addItem(folder, { raw: '', element: 'CalendarItem', meeting: whole });
}

/** A series and its occurrences, one each day. */
export function addSeries(folder: StoredFolder, meeting: Partial<StoredMeeting>, times: number): readonly StoredItem[] {
  const start = meeting.start ?? Date.now() + 24 * hour;
  const whole = { uid: `series-${start}`, ...meeting, start };
  const series = addMeeting(folder, { ...whole, type: 'RecurringMaster' });
  const occurrences = Array.from({ length: times }, (_, at) =>
    addMeeting(folder, { ...whole, type: 'Occurrence', series: series.id, start: start + at * 24 * hour }),
  );
  return [series, ...occurrences];
}

export function changeMeeting(folder: StoredFolder, item: StoredItem, change: Partial<StoredMeeting>): void {
  Object.assign(item.meeting ?? {}, change);
  touchItem(folder, item);
}

export function meetingsWithin(folder: StoredFolder, from: number, to: number): readonly StoredItem[] {
  return [...folder.items.values()].filter(
    ({ meeting }) => meeting && meeting.type !== 'RecurringMaster' && meeting.start < to && meeting.end > from,
  );
}

const responseAfter: Readonly<Record<string, string>> = { AcceptItem: 'Accept', TentativelyAcceptItem: 'Tentative' };

export function takeAnswer(folder: StoredFolder, item: StoredItem, answer: string): void {
  const occurrences = [...folder.items.values()].filter(({ meeting }) => meeting?.series === item.id);
  for (const one of [...occurrences, item]) {
    const response = responseAfter[answer];
    if (response === undefined) removeItem(folder, one.id);
    else changeMeeting(folder, one, { response, repliedAt: Date.now() });
  }
}

const mailboxXml = ({ name, address }: Person): string =>
  `<t:Mailbox><t:Name>${escapeXml(name)}</t:Name><t:EmailAddress>${escapeXml(address)}</t:EmailAddress></t:Mailbox>`;

const attendeesXml = (element: string, people: readonly Person[]): string =>
  people.length === 0
    ? ''
    : `<t:${element}>${people.map((one) => `<t:Attendee>${mailboxXml(one)}<t:ResponseType>Accept</t:ResponseType></t:Attendee>`).join('')}</t:${element}>`;

const dateTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

type Zone = NonNullable<StoredMeeting['startZone']>;
const named = (attribute: string, value: string): string => (value === '' ? '' : ` ${attribute}="${escapeXml(value)}"`);

function zoneXml({ id, name, bias }: Zone): string {
  const period = `<t:Period Bias="${bias}" Name="Standard" Id="std"/>`;
  const to = '<t:To Kind="Period">std</t:To>';
  const transitions = `<t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition>${to}</t:Transition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions>`;
  const periods = bias === '' ? '' : `<t:Periods>${period}</t:Periods>${transitions}`;
  return `<t:StartTimeZone${named('Id', id)}${named('Name', name)}>${periods}</t:StartTimeZone>`;
}

function oldZoneXml({ name, bias }: Zone): string {
  const offset = bias === '' ? '' : `<t:BaseOffset>${bias}</t:BaseOffset>`;
  return `<t:MeetingTimeZone${named('TimeZoneName', name)}>${offset}</t:MeetingTimeZone>`;
}

/** In the order of the schema. */
export function meetingXml({ id, changeKey }: StoredItem, meeting: StoredMeeting, fields: readonly string[]): string {
  const has = (field: string, content: string | null): string =>
    fields.includes(field) && content !== null ? content : '';
  const text = (field: string, name: string, value: string): string =>
    has(field, value === '' ? null : `<t:${name}>${escapeXml(value)}</t:${name}>`);
  const yes = (name: string, value: boolean): string => has(`calendar:${name}`, `<t:${name}>${value}</t:${name}>`);
  const files = meeting.files.map((file, at) => {
    const element = file.content === null ? 'ItemAttachment' : 'FileAttachment';
    return `<t:${element}><t:AttachmentId Id="${escapeXml(id)} ${at}"/><t:Name>${escapeXml(file.name)}</t:Name><t:ContentType>${escapeXml(file.type)}</t:ContentType>${file.contentId === undefined ? '' : `<t:ContentId>${escapeXml(file.contentId)}</t:ContentId>`}<t:Size>${file.content?.length ?? 10}</t:Size></t:${element}>`;
  });
  const parts = [
    `<t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}"/>`,
    text('item:Subject', 'Subject', meeting.subject),
    has('item:Body', meeting.body === '' ? null : `<t:Body BodyType="HTML">${escapeXml(meeting.body)}</t:Body>`),
    has('item:Attachments', files.length === 0 ? null : `<t:Attachments>${files.join('')}</t:Attachments>`),
    text('calendar:UID', 'UID', meeting.uid),
    has('calendar:Start', `<t:Start>${dateTime(meeting.start)}</t:Start>`),
    has('calendar:End', `<t:End>${dateTime(meeting.end)}</t:End>`),
    yes('IsAllDayEvent', meeting.allDay),
    text('calendar:Location', 'Location', meeting.location),
    yes('IsMeeting', meeting.isMeeting),
    yes('IsCancelled', meeting.cancelled),
    yes('IsRecurring', meeting.type !== 'Single'),
    text('calendar:CalendarItemType', 'CalendarItemType', meeting.type),
    text('calendar:MyResponseType', 'MyResponseType', meeting.response),
    has('calendar:Organizer', meeting.organizer && `<t:Organizer>${mailboxXml(meeting.organizer)}</t:Organizer>`),
    has('calendar:RequiredAttendees', attendeesXml('RequiredAttendees', meeting.required)),
    has('calendar:OptionalAttendees', attendeesXml('OptionalAttendees', meeting.optional)),
    text('calendar:TimeZone', 'TimeZone', meeting.zone),
    has(
      'calendar:AppointmentReplyTime',
      meeting.repliedAt === null
        ? null
        : `<t:AppointmentReplyTime>${dateTime(meeting.repliedAt)}</t:AppointmentReplyTime>`,
    ),
    has('calendar:MeetingTimeZone', meeting.startZone && oldZoneXml(meeting.startZone)),
    has('calendar:StartTimeZone', meeting.startZone && zoneXml(meeting.startZone)),
  ];
  return `<t:CalendarItem>${parts.join('')}</t:CalendarItem>`;
}

export function attachmentXml(
  file: { readonly id: string; readonly name: string; readonly type: string; readonly content: Buffer | null } | null,
): string {
  if (!file?.content) return failed('GetAttachment', 'ErrorItemNotFound');
  const content = `<t:AttachmentId Id="${escapeXml(file.id)}"/><t:Name>${escapeXml(file.name)}</t:Name><t:Content>${file.content.toString('base64')}</t:Content>`;
  return succeeded('GetAttachment', `<m:Attachments><t:FileAttachment>${content}</t:FileAttachment></m:Attachments>`);
}
