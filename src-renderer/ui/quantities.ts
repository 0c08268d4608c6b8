import type { Language } from '../../src-shared/domain/settings.ts';
import { formattingLocale } from './locale.ts';

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function wholeNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(formattingLocale(language), { maximumFractionDigits: 0 }).format(value);
}

/** 1.4 MB; steps of 1000, as file managers show it. */
export function byteSize(bytes: number, language: Language): string {
  const step = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return new Intl.NumberFormat(formattingLocale(language), {
    style: 'unit',
    unit: byteUnits[step],
    // The short form of a byte is singular in English: 781 byte.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step > 0 && value < 10 ? 1 : 0,
  }).format(value);
}

/** 240 ms, 3.2 sec, 5 min, 2 hr: the one unit that tells. */
export function duration(milliseconds: number, language: Language): string {
  const [value, unit] =
    milliseconds < 1000
      ? ([milliseconds, 'millisecond'] as const)
      : milliseconds < 60_000
        ? ([milliseconds / 1000, 'second'] as const)
        : milliseconds < 3_600_000
          ? ([milliseconds / 60_000, 'minute'] as const)
          : ([milliseconds / 3_600_000, 'hour'] as const);
  return new Intl.NumberFormat(formattingLocale(language), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'second' && value < 10 ? 1 : 0,
  }).format(value);
}
