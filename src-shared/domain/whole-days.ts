import type { Instant } from './time.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** So far from UTC a day may begin before it; behind -10:30 it begins too late for its date to be known. */
const easternmost = 13.5 * hour;
/** Summer time, for which words and tables of zones do not answer, and the half hours that some places take of it. */
const nearMidnight = 2 * hour;

/**
 * Whole days by the calendar of who set them: a server tells of midnights in some zone as moments. The first of `offsets` (milliseconds east of UTC; null: not known) by which the
 * meeting begins at midnight says which. Without one the same moment may be midnight at +13 or, a day before, at -11: it is taken for that of +13, where New Zealand is and many more
 * people live.
 */
export function wholeDays(
  start: Instant,
  end: Instant,
  offsets: readonly (number | null)[],
): { readonly start: Instant; readonly end: Instant } {
  const offset = offsets.find((one) => one !== null && beginsAtMidnight(start + one)) ?? null;
  const dayOf = (at: Instant) =>
    (offset === null ? Math.floor((at + easternmost) / day) : Math.round((at + offset) / day)) * day;
  const first = dayOf(start);
  return { start: first, end: Math.max(first + day, dayOf(end)) };
}

function beginsAtMidnight(local: Instant): boolean {
  return Math.abs(local - Math.round(local / day) * day) <= nearMidnight;
}

/** Windows' own names of zones from which a date cannot be told without them, in hours; all others lie between -10:30 and +13. */
const farZones: Readonly<Record<string, number>> = {
  'Line Islands Standard Time': 14,
  'Tonga Standard Time': 13,
  'Samoa Standard Time': 13,
  'Chatham Islands Standard Time': 12.75,
  'Dateline Standard Time': -12,
};

/** How far east of UTC a zone is, in milliseconds; null where its name does not say. Names: Windows' with its offset or without (`(UTC+14:00) Kiritimati Island`, `UTC-11`), those of IANA. */
export function zoneOffset(zone: string, at: Instant): number | null {
  const [, sign, hours = '0', minutes = '0'] =
    zone.match(/\((?:UTC|GMT)([+-])(\d{2}):(\d{2})\)/) ?? zone.match(/^(?:UTC|GMT)([+-])(\d{1,2})(?::(\d{2}))?$/) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (Number(hours) + Number(minutes) / 60) * hour;
  if (Object.hasOwn(farZones, zone)) return (farZones[zone] ?? 0) * hour;
  return zone.includes('/') ? offsetByName(zone, at) : null;
}

function offsetByName(timeZone: string, at: Instant): number | null {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
    const said = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return said === 'GMT' ? 0 : zoneOffset(`(${said})`, at);
  } catch {
    // A name that nobody knows, or a moment outside all calendars.
    return null;
  }
}
