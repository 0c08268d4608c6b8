import { z } from 'zod';
import { logLevelSchema } from '../../src-shared/domain/mailbox.ts';
import type { Instant } from '../../src-shared/domain/time.ts';

/** What is written down of a mailbox, and the ends that only a person knows. */
export const recordFields = {
  log: logLevelSchema.describe('What its log keeps: everything (full), what went wrong (errors), or nothing (off).'),
  clientSecretEnds: z.iso
    .date()
    .nullable()
    .describe('Day on which the application’s secret at the provider ends, 2027-03-31; null: not known.'),
  passwordDays: z
    .int()
    .min(1)
    .max(3650)
    .nullable()
    .describe('The password must be changed after so many days; null: it never has to.'),
};

/** A secret that ends on a day is taken on that day still. */
export function endOfDay(day: string | null): Instant | null {
  return day === null ? null : Date.parse(`${day}T23:59:59Z`);
}
