import { describe, expect, test } from 'vitest';
import type { FolderCursor } from '../../../../src-main/store/api/mailboxes.ts';
import { isSettled, leaveOut, planScope } from '../../../../src-main/sync/plan-load.ts';
import type { FolderId } from '../../../../src-shared/domain/ids.ts';

const now = Date.UTC(2026, 10, 20);
const day = 24 * 60 * 60_000;
const week = { newMail: 'position', firstLoadPeriod: 'week' } as const;

const untouched: FolderCursor = {
  folderId: 1 as FolderId,
  path: 'INBOX',
  role: 'inbox',
  uidValidity: null,
  judgedBy: null,
  loadSince: null,
  periodUid: 0,
  lastUid: 0,
  settled: null,
};
const loaded: FolderCursor = {
  ...untouched,
  uidValidity: 1,
  judgedBy: 'position/week',
  loadSince: now - 30 * day,
  periodUid: 10,
  lastUid: 20,
};
const facts = { uidValidity: 1, choice: week, now, newsOnly: false };
const uids = (...some: number[]) => Uint32Array.from(some);

describe('what is asked of a folder', () => {
  test('first, all of it and which of it is of the period, whose beginning is fixed then', () => {
    expect(planScope(untouched, facts)).toMatchObject({
      above: 0,
      since: now - 7 * day,
      judge: 'all',
      judgedBy: 'position/week',
      loadSince: now - 7 * day,
      periodUid: null,
    });
  });

  test('later, only what came: the period was decided before', () => {
    const later = planScope(loaded, facts);
    expect(later).toMatchObject({ above: 0, since: null, judge: 'new', loadSince: now - 30 * day, periodUid: 10 });
    expect(planScope(loaded, { ...facts, newsOnly: true })).toMatchObject({ above: 20, since: null });
  });

  test('renumbered, the first question again with the same beginning', () => {
    const again = planScope(loaded, { ...facts, uidValidity: 2, newsOnly: true });
    expect(again).toMatchObject({ above: 0, since: now - 30 * day, judge: 'all', loadSince: now - 30 * day });
  });

  test('with another choice, everything anew', () => {
    const choice = { newMail: 'position', firstLoadPeriod: 'all' } as const;
    expect(planScope(loaded, { ...facts, choice })).toMatchObject({ judge: 'all', since: null, loadSince: null });
    const everything = { newMail: 'everything', firstLoadPeriod: 'day' } as const;
    expect(planScope(loaded, { ...facts, choice: everything })).toMatchObject({ since: null, judgedBy: 'everything' });
  });

  test('a folder of before that has no rows yet is listed whole, and its period asked for once more', () => {
    const upgraded = { ...loaded, lastUid: 0 };
    expect(planScope(upgraded, { ...facts, newsOnly: true })).toMatchObject({ above: 0, since: now - 30 * day });
  });

  test('by marks, the marks each time', () => {
    const choice = { newMail: 'unread', firstLoadPeriod: 'week' } as const;
    const scope = planScope({ ...loaded, judgedBy: 'unread/week' }, { ...facts, choice });
    expect(scope).toMatchObject({ byMarks: true, judge: 'all', since: now - 30 * day });
  });
});

describe('what the choice leaves out', () => {
  test('what is not of the period, but nothing above where the first load ended', () => {
    const scope = planScope(loaded, facts);
    const listing = { listed: uids(3, 9, 10, 15), inPeriod: uids(9), unread: null };
    expect(leaveOut(scope, listing)).toEqual({ beforePeriod: uids(3, 10), read: uids() });
  });

  test('what is read already, where the marks decide', () => {
    const choice = { newMail: 'unread', firstLoadPeriod: 'all' } as const;
    const scope = planScope(untouched, { ...facts, choice });
    expect(leaveOut(scope, { listed: uids(1, 2, 3), inPeriod: null, unread: uids(2) })).toEqual({
      beforePeriod: uids(),
      read: uids(1, 3),
    });
  });
});

describe('a folder in which nothing happened', () => {
  const state = { uidValidity: 1, uidNext: 21, exists: 5, unseen: 1, highestModseq: '77' };
  const settled = { ...loaded, settled: { ...state, heldBack: 0 } };

  test('says what it said when nothing was left to do', () => {
    expect(isSettled(settled, state, week)).toBe(true);
    expect(isSettled(settled, { ...state, highestModseq: '78' }, week)).toBe(false);
    expect(isSettled(settled, { ...state, exists: 4 }, week)).toBe(false);
    expect(isSettled(loaded, state, week)).toBe(false);
  });

  test('is looked into where marks may have changed unseen, or another choice judges it', () => {
    const silent = { ...state, highestModseq: null };
    expect(isSettled({ ...settled, settled: { ...silent, heldBack: 0 } }, silent, week)).toBe(false);
    expect(isSettled(settled, state, { newMail: 'position', firstLoadPeriod: 'all' })).toBe(false);
  });
});
