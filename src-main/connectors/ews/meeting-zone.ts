import { zoneOffset } from '../../../src-shared/domain/whole-days.ts';

/** StartTimeZone, and MeetingTimeZone of a server of 2007, as the library's parser has read it (`library.ts`). */
export interface ToldZone {
  readonly Id?: string;
  readonly Name?: string;
  readonly Periods?: { readonly Period?: ToldPeriod | readonly ToldPeriod[] };
  readonly TimeZoneName?: string;
  readonly BaseOffset?: string;
}

interface ToldPeriod {
  readonly Bias?: string;
}

/** What it is called: with its offset where the server says so, else by its name alone. */
export function zoneName(zone: ToldZone | null): string {
  return zone?.Name || zone?.Id || zone?.TimeZoneName || '';
}

/** How far east of UTC, in milliseconds, by everything that was told; summer time is another of its periods. */
export function zoneOffsets(zone: ToldZone | null, at: number): readonly (number | null)[] {
  const periods = [zone?.Periods?.Period ?? []].flat() as readonly ToldPeriod[];
  const biases = [...periods.map(({ Bias }) => Bias), zone?.BaseOffset];
  const names = [zone?.Name, zone?.Id, zone?.TimeZoneName];
  return [...names.map((name) => zoneOffset(name ?? '', at)), ...biases.map((bias) => offsetOfBias(bias ?? ''))];
}

/** A bias is what makes UTC of a local time, a duration (XML Schema, part 2, 3.2.6): `-PT14H` is +14. */
function offsetOfBias(bias: string): number | null {
  const [, sign, hours, minutes] = bias.match(/^(-?)P(?:0D)?T(?:(\d{1,2})H)?(?:(\d{1,4})M)?(?:0+(?:\.0+)?S)?$/) ?? [];
  if (sign === undefined) return null;
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000 * (sign === '-' ? 1 : -1);
}
