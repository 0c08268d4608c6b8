import { describe, expect, test } from 'vitest';
import type { MailboxRecord } from '../../../../src-main/store/api/ledger.ts';
import { emptyRecord, recordPass, withoutDrift } from '../../../../src-main/sync/mailbox-record.ts';
import type { MailboxId } from '../../../../src-shared/domain/ids.ts';
import type { FolderReport, LoadReport } from '../../../../src-shared/domain/loading.ts';
import type { WireError } from '../../../../src-shared/errors/wire.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 20, 12);

const empty = emptyRecord('5f0c6a3e-0000-4000-8000-000000000001' as MailboxId);
const healthy: MailboxRecord = { ...empty, lastLoadedAt: now - 15 * minute };
const timedOut: WireError = { code: 'network.timeout', params: { host: 'imap.company.example' } };
const rejected: WireError = { code: 'auth.rejected', params: { host: 'imap.company.example' } };

type Ending = Pick<LoadReport, 'problem' | 'folders'>;

const folder = (path: string, fresh: number): FolderReport => {
  const figures = { onServer: 100, loaded: 100, failed: 0, heldBack: 0 };
  return { path, ...figures, fresh, unchanged: false, problem: null };
};
const good = (...fresh: number[]): Ending => ({
  problem: null,
  folders: fresh.map((count, at) => folder(`Folder ${at}`, count)),
});
const failed = (problem: WireError): Ending => ({ problem, folders: [] });
const pass = (before: MailboxRecord, ending: Ending, pollMinutes = 15, failingFor = hour) =>
  recordPass(before, ending, { now, pollMinutes, failingFor });

describe('a mailbox that fails', () => {
  test('has failed since the first of the failures in a row, and shows the last', () => {
    const first = pass(healthy, failed(timedOut));
    expect(first.record).toEqual({ ...healthy, failingSince: now, problem: timedOut });
    const before = { ...healthy, failingSince: now - day, problem: timedOut };
    expect(pass(before, failed(rejected)).record).toEqual({ ...before, problem: rejected });
  });

  test('keeps when it was loaded last, also where letters came before the failure', () => {
    const ended = { problem: timedOut, folders: [folder('INBOX', 12)] };
    const { record, caughtUp } = pass({ ...healthy, lastLoadedAt: now - day }, ended);
    expect(record.lastLoadedAt).toBe(now - day);
    expect(caughtUp).toBeNull();
  });

  test('is given up after three days, and not a moment sooner', () => {
    const failing = (since: number) => pass({ ...healthy, failingSince: since, problem: rejected }, failed(rejected));
    expect(failing(now - 3 * day + 1)).toMatchObject({ giveUp: false, record: { disabledBecause: null } });
    expect(failing(now - 3 * day)).toMatchObject({ giveUp: true, record: { disabledBecause: rejected } });
  });

  test('is given up for what went wrong last', () => {
    const before = { ...healthy, failingSince: now - 4 * day, problem: timedOut };
    expect(pass(before, failed(rejected)).record).toEqual({ ...before, problem: rejected, disabledBecause: rejected });
  });

  test('is not given up where it never was loaded, before three days have passed', () => {
    expect(pass(empty, failed(rejected))).toEqual({
      record: { ...empty, failingSince: now, problem: rejected },
      caughtUp: null,
      giveUp: false,
    });
  });
});

describe('a pass that says nothing about the mailbox', () => {
  test.each(['cancelled', 'mailbox.leased'] as const)('%s neither begins an outage nor ends one', (code) => {
    const ended = failed({ code, params: {} });
    const outage = { ...healthy, failingSince: now - 10 * day, problem: timedOut };
    expect(pass(healthy, ended)).toEqual({ record: healthy, caughtUp: null, giveUp: false });
    expect(pass(outage, ended)).toEqual({ record: outage, caughtUp: null, giveUp: false });
  });

  test('is known by being the same record, so that nothing is written', () => {
    expect(pass(healthy, failed({ code: 'cancelled', params: {} })).record).toBe(healthy);
  });
});

describe('a good pass', () => {
  test('ends an outage of any length, and what the mailbox was disabled for is history', () => {
    const before = { ...healthy, failingSince: now - 9 * day, problem: rejected, disabledBecause: rejected };
    expect(pass(before, good(0))).toEqual({
      record: { ...empty, lastLoadedAt: now },
      caughtUp: null,
      giveUp: false,
    });
  });

  test('tells the letters of all folders that were missed, and since when', () => {
    const before = { ...healthy, lastLoadedAt: now - 2 * day, failingSince: now - 2 * day, problem: timedOut };
    expect(pass(before, good(3, 0, 4)).caughtUp).toEqual({ letters: 7, since: now - 2 * day });
  });

  test('tells of nothing where nothing came meanwhile', () => {
    expect(pass({ ...healthy, lastLoadedAt: now - 2 * day }, good(0, 0)).caughtUp).toBeNull();
  });

  test('tells of no first load', () => {
    expect(pass(empty, good(5000)).caughtUp).toBeNull();
  });

  test('counts a gap from an hour on', () => {
    const missedAfter = (gap: number) => pass({ ...healthy, lastLoadedAt: now - gap }, good(1)).caughtUp;
    expect(missedAfter(hour - 1)).toBeNull();
    expect(missedAfter(hour)).toEqual({ letters: 1, since: now - hour });
  });

  test('counts a gap from two intervals on, where polling is rarer than that', () => {
    const missedAfter = (gap: number) => pass({ ...healthy, lastLoadedAt: now - gap }, good(1), 240).caughtUp;
    expect(missedAfter(8 * hour - 1)).toBeNull();
    expect(missedAfter(8 * hour)).toEqual({ letters: 1, since: now - 8 * hour });
  });
});

describe('three days of failure are not', () => {
  const before = { ...healthy, failingSince: now - 4 * day, problem: rejected };

  test('a first failure after days in which the console was not running', () => {
    expect(pass(before, failed(rejected), 15, hour - 1).giveUp).toBe(false);
    expect(pass(before, failed(rejected), 15, hour).giveUp).toBe(true);
  });

  test.each(['vault.locked', 'store.disk-full', 'store.unavailable', 'internal.defect'] as const)(
    'what is wrong on this machine: %s',
    (code) => {
      const ending = pass(before, failed({ code, params: {} }));
      expect(ending.giveUp).toBe(false);
      expect(ending.record.problem?.code).toBe(code);
    },
  );

  test('a clock that was set forward, or a machine that slept', () => {
    const early = { ...before, failingSince: now - hour };
    expect(withoutDrift(early, 365 * day).failingSince).toBe(now - hour + 365 * day);
    expect(withoutDrift(early, -day).failingSince).toBe(now - hour - day);
    expect(withoutDrift(early, minute - 1)).toBe(early);
    expect(withoutDrift(healthy, day)).toBe(healthy);
  });
});
