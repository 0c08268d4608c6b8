import { useMemo } from 'react';
import type { Instant } from '../../src-shared/domain/time.ts';
import { useLanguage } from '../i18n/i18n.tsx';
import { calendarDay, clockTime, longDate, shortDate, timeAgo, timeOfLine, weekDay } from './dates.ts';
import { byteSize, duration, wholeNumber } from './quantities.ts';

/** Dates and quantities in the language of the page. */
export function useFormats() {
  const language = useLanguage();
  return useMemo(
    () => ({
      shortDate: (at: Instant) => shortDate(at, language),
      longDate: (at: Instant) => longDate(at, language),
      calendarDay: (at: Instant) => calendarDay(at, language),
      weekDay: (at: Instant) => weekDay(at, language),
      clockTime: (at: Instant) => clockTime(at, language),
      timeOfLine: (at: Instant) => timeOfLine(at, language),
      timeAgo: (at: Instant) => timeAgo(at, language),
      wholeNumber: (value: number) => wholeNumber(value, language),
      byteSize: (bytes: number) => byteSize(bytes, language),
      duration: (milliseconds: number) => duration(milliseconds, language),
    }),
    [language],
  );
}
