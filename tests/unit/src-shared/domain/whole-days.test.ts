import { describe, expect, test } from 'vitest';
import { wholeDays, zoneOffset } from '../../../../src-shared/domain/whole-days.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const summer = Date.UTC(2027, 0, 10);
const winter = Date.UTC(2026, 6, 10);

test.each([
  ['(UTC+14:00) Kiritimati Island', 14],
  ['(UTC+14:00) Остров Киритимати', 14],
  ['(GMT-11:00) Midway Island', -11],
  ['UTC-11', -11],
  ['UTC+12', 12],
  ['Line Islands Standard Time', 14],
  ['Dateline Standard Time', -12],
  ['Pacific/Kiritimati', 14],
  ['Pacific/Pago_Pago', -11],
  ['Europe/London', 0],
])('the zone %s says how far it is from UTC', (zone, hours) => {
  expect(zoneOffset(zone, summer)).toBe(hours * hour);
});

test('a zone of IANA answers for summer time too', () => {
  expect([zoneOffset('Pacific/Chatham', summer), zoneOffset('Pacific/Chatham', winter)]).toEqual([
    13.75 * hour,
    12.75 * hour,
  ]);
});

test.each(['', 'Russian Standard Time', 'Customized Time Zone', 'tzone://Microsoft/Custom', 'No/Where', 'constructor'])(
  'the zone “%s” says nothing',
  (zone) => {
    expect(zoneOffset(zone, summer)).toBeNull();
  },
);

describe('the first offset by which a meeting begins at midnight is its own', () => {
  const days = (offset: number, told: readonly (number | null)[]) => {
    const midnight = summer - offset * hour;
    return wholeDays(midnight, midnight + 3 * day, told);
  };
  const right = { start: summer, end: summer + 3 * day };

  test.each([
    [14, [14]],
    [-11, [null, -11]],
    [-12, [-12]],
    // An hour of summer time.
    [13, [12]],
    // Told as midnights of UTC, whatever its zone is.
    [0, [14]],
    [0, [-12]],
    [3, [14, 3]],
    [3, []],
  ])('%s of %j', (offset, told) => {
    expect(
      days(
        offset,
        told.map((one) => (one === null ? null : one * hour)),
      ),
    ).toEqual(right);
  });
});
