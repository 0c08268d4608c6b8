import type { Language } from '../../src-shared/domain/settings.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import { formattingLocale } from './locale.ts';

const kept = new Map<string, Intl.DateTimeFormat>();

// Building a formatter costs more than using it a thousand times; a list of letters uses one for each row.
function formatter(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = kept.get(key) ?? new Intl.DateTimeFormat(formattingLocale(language), options);
  kept.set(key, known);
  return known;
}

function dayStart(at: Instant): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

const dayMilliseconds = 86_400_000;

/** For lists: 14:20 today, Tue 14:20 this week, 12 Mar this year, 12 Mar 2024 before. */
export function shortDate(at: Instant, language: Language, now: Instant = Date.now()): string {
  const days = Math.round((dayStart(now) - dayStart(at)) / dayMilliseconds);
  if (days === 0) return formatter(language, { hour: '2-digit', minute: '2-digit' }).format(at);
  if (days > 0 && days < 7) {
    return formatter(language, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
  }
  if (new Date(at).getFullYear() === new Date(now).getFullYear()) {
    return formatter(language, { day: 'numeric', month: 'short' }).format(at);
  }
  return formatter(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** For a log: to the second, with the day before it unless it is today. */
export function timeOfLine(at: Instant, language: Language, now: Instant = Date.now()): string {
  const time = formatter(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
  if (dayStart(at) === dayStart(now)) return time;
  return `${formatter(language, { day: 'numeric', month: 'short' }).format(at)} ${time}`;
}

/** Day, month, year and minute, as a whole. */
export function longDate(at: Instant, language: Language): string {
  return formatter(language, { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

export function calendarDay(at: Instant, language: Language): string {
  return formatter(language, { dateStyle: 'long' }).format(at);
}

/** Tuesday, 12 March; with the year where it is another. */
export function weekDay(at: Instant, language: Language, now: Instant = Date.now()): string {
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return formatter(language, { weekday: 'long', day: 'numeric', month: 'long', ...year }).format(at);
}

export function clockTime(at: Instant, language: Language): string {
  return formatter(language, { hour: '2-digit', minute: '2-digit' }).format(at);
}

const agoSteps = [
  ['day', dayMilliseconds],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "3 minutes ago", "in 2 hours", "now". What is to come within a minute comes "in 1 minute": nobody counts the seconds on a screen that stands still. */
export function timeAgo(at: Instant, language: Language, now: Instant = Date.now()): string {
  const relative = new Intl.RelativeTimeFormat(formattingLocale(language), { numeric: 'auto' });
  for (const [unit, length] of agoSteps) {
    const away = (at - now) / length;
    const count = unit === 'minute' && away > 0 ? Math.ceil(away) : Math.trunc(away);
    if (count !== 0) return relative.format(count, unit);
  }
  return relative.format(0, 'second');
}
