import { describe, expect, test } from 'vitest';
import type { FolderCursor } from '../../../../src-main/store/api/mailboxes.ts';
import { advanceCursor, planScope, wantedUids } from '../../../../src-main/sync/plan-load.ts';
import { folderIdSchema } from '../../../../src-shared/domain/ids.ts';

const day = 24 * 60 * 60_000;
const now = Date.UTC(2026, 10, 21, 12);
const untouched: FolderCursor = {
  folderId: folderIdSchema.parse(1),
  path: 'INBOX',
  uidValidity: null,
  loadSince: null,
  firstLoadPlanned: false,
  firstLoadDone: false,
  lastUid: 0,
};
const done: FolderCursor = {
  ...untouched,
  uidValidity: 7,
  loadSince: now - 30 * day,
  firstLoadPlanned: true,
  firstLoadDone: true,
  lastUid: 120,
};

describe('what a folder is asked for', () => {
  test.each([
    ['day', 1],
    ['week', 7],
    ['month', 31],
    ['quarter', 92],
  ] as const)('a first load of a %s goes %i days back', (period, days) => {
    const { kind, question, cursor } = planScope(untouched, { uidValidity: 7, period, now });
    expect(kind).toBe('first');
    expect(question).toEqual({ afterUid: 0, since: now - days * day });
    expect(cursor).toMatchObject({ uidValidity: 7, firstLoadPlanned: true, loadSince: now - days * day });
  });

  test('a first load of everything has no beginning', () => {
    const { question } = planScope(untouched, { uidValidity: 7, period: 'all', now });
    expect(question).toEqual({ afterUid: 0, since: null });
  });

  test('an interrupted first load means the same letters days later', () => {
    const { cursor } = planScope(untouched, { uidValidity: 7, period: 'week', now });
    const later = planScope(cursor, { uidValidity: 7, period: 'quarter', now: now + 3 * day });
    expect(later.question).toEqual({ afterUid: 0, since: now - 7 * day });
  });

  test('afterwards only what is above the highest UID', () => {
    const { kind, question } = planScope(done, { uidValidity: 7, period: 'week', now });
    expect(kind).toBe('new');
    expect(question).toEqual({ afterUid: 120, since: null });
  });

  test('a new UIDVALIDITY asks for the first scope again', () => {
    const { kind, question, cursor } = planScope(done, { uidValidity: 8, period: 'week', now });
    expect(kind).toBe('first');
    expect(question).toEqual({ afterUid: 0, since: done.loadSince });
    expect(cursor).toMatchObject({ uidValidity: 8, firstLoadDone: false, lastUid: 0 });
  });
});

describe('what is loaded', () => {
  test('is what is not stored, newest first', () => {
    expect(wantedUids(Uint32Array.of(1, 2, 5, 9), Uint32Array.of(2, 9))).toEqual([5, 1]);
  });
});

describe('the cursor afterwards', () => {
  test('stands at the highest UID of the folder, in question or not', () => {
    const { cursor } = planScope(untouched, { uidValidity: 7, period: 'day', now });
    expect(advanceCursor(cursor, { highestUid: 50, failed: [] })).toMatchObject({ firstLoadDone: true, lastUid: 50 });
  });

  test('never falls back when the folder was emptied', () => {
    expect(advanceCursor(done, { highestUid: 0, failed: [] }).lastUid).toBe(120);
  });

  test('stays below a letter that could not be had', () => {
    expect(advanceCursor(done, { highestUid: 130, failed: [128, 125] }).lastUid).toBe(124);
  });

  test('leaves a first load with a gap unfinished', () => {
    const { cursor } = planScope(untouched, { uidValidity: 7, period: 'day', now });
    expect(advanceCursor(cursor, { highestUid: 50, failed: [3] })).toMatchObject({ firstLoadDone: false, lastUid: 0 });
  });
});
