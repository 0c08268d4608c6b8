import { describe, expect, test } from 'vitest';
import type { FolderState } from '../../../../src-main/connectors/connectors.ts';
import type { FolderCursor } from '../../../../src-main/store/api/mailboxes.ts';
import { isSettled, judgement, leaveOut, planScope } from '../../../../src-main/sync/plan-load.ts';
import type { FolderId } from '../../../../src-shared/domain/ids.ts';

const now = Date.UTC(2026, 10, 20);
const day = 24 * 60 * 60_000;
const week = { newMail: 'position', firstLoadPeriod: 'week' } as const;
const state: FolderState = { uidValidity: 1, uidNext: 21, exists: 5, unseen: 1, highestModseq: '77' };
const loaded: FolderCursor = {
  folderId: 1 as FolderId,
  path: 'INBOX',
  role: 'inbox',
  uidValidity: 1,
  judgedBy: 'position/week',
  loadSince: now - 30 * day,
  periodUid: 10,
  lastUid: 20,
  settled: { ...state, heldBack: 0 },
};
const untouched: FolderCursor = { ...loaded, uidValidity: null, judgedBy: null, loadSince: null, settled: null };
const facts = { uidValidity: 1, choice: week, now, newsOnly: false };
const uids = (...some: number[]) => Uint32Array.from(some);

describe('the word for a choice', () => {
  test('is another for each choice that judges otherwise', () => {
    const words = (['position', 'unread'] as const).flatMap((newMail) =>
      (['day', 'week', 'month', 'quarter', 'all'] as const).map((firstLoadPeriod) =>
        judgement({ newMail, firstLoadPeriod }),
      ),
    );
    expect(new Set(words).size).toBe(10);
  });

  test('is one for everything, which has no period', () => {
    expect(judgement({ newMail: 'everything', firstLoadPeriod: 'day' })).toBe('everything');
    expect(judgement({ newMail: 'everything', firstLoadPeriod: 'all' })).toBe('everything');
  });
});

describe('a first load that was interrupted', () => {
  test('lists the whole folder also when only the news was asked for, and the period once more', () => {
    const interrupted = { ...loaded, lastUid: 5 };
    expect(planScope(interrupted, { ...facts, newsOnly: true })).toMatchObject({ above: 0, since: now - 30 * day });
  });

  test('is over when the last letter of the period has its row', () => {
    const over = { ...loaded, lastUid: 10 };
    expect(planScope(over, { ...facts, newsOnly: true })).toMatchObject({ above: 10, since: null, judge: 'new' });
  });
});

describe('what is left out', () => {
  test('at a first look ends with the highest that is listed: all of it is judged by the period', () => {
    const scope = planScope(untouched, facts);
    const listing = { listed: uids(3, 9, 40), inPeriod: uids(9), unread: null };
    expect(leaveOut(scope, listing)).toEqual({ beforePeriod: uids(3, 40), read: uids() });
  });

  test('of an empty folder is nothing', () => {
    const scope = planScope(untouched, facts);
    expect(leaveOut(scope, { listed: uids(), inPeriod: uids(), unread: uids() })).toEqual({
      beforePeriod: uids(),
      read: uids(),
    });
  });

  test.each(['position', 'everything'] as const)('by %s is no letter for being read', (newMail) => {
    const scope = planScope(untouched, { ...facts, choice: { newMail, firstLoadPeriod: 'all' } });
    expect(leaveOut(scope, { listed: uids(1, 2, 3), inPeriod: null, unread: uids(2) }).read).toEqual(uids());
  });

  test('by marks and by period is what either leaves out', () => {
    const scope = planScope(untouched, { ...facts, choice: { newMail: 'unread', firstLoadPeriod: 'week' } });
    expect(leaveOut(scope, { listed: uids(1, 2, 3, 4), inPeriod: uids(3, 4), unread: uids(1, 4) })).toEqual({
      beforePeriod: uids(1, 2),
      read: uids(2, 3),
    });
  });
});

describe('a folder is looked into', () => {
  const changes: readonly Partial<FolderState>[] = [
    { uidValidity: 2 },
    { uidNext: 22 },
    { exists: 6 },
    { unseen: 0 },
    { unseen: null },
    { highestModseq: '78' },
    { highestModseq: null },
  ];

  test.each(changes)('where the server says of it %o', (change) => {
    expect(isSettled(loaded, state, week)).toBe(true);
    expect(isSettled(loaded, { ...state, ...change }, week)).toBe(false);
  });

  test('where it has not been seen yet', () => {
    expect(isSettled(untouched, state, week)).toBe(false);
  });
});
