import { describe, expect, test } from 'vitest';
import type { Afterwards } from '../../../../src-shared/domain/mailbox.ts';
import { type OutcomeForServer, planEffect } from '../../../../src-shared/domain/plan-effect.ts';

const day = 24 * 60 * 60_000;

const move: Afterwards = { kind: 'move', done: 'Done', failed: 'Failed', create: false };
const moveDoneOnly: Afterwards = { ...move, failed: null };
const changes: readonly Afterwards[] = [{ kind: 'mark-read' }, move, moveDoneOnly, { kind: 'delete', afterDays: 0 }];

const settled: readonly OutcomeForServer[] = [
  { kind: 'ticket' },
  { kind: 'append' },
  { kind: 'kept', why: 'not-collecting' },
  { kind: 'kept', why: 'own-letter' },
  { kind: 'kept', why: 'receiving-off' },
];
const toLookAt: readonly OutcomeForServer[] = [
  { kind: 'quarantined', why: 'no-sender-entry' },
  { kind: 'quarantined', why: 'no-sender' },
  { kind: 'quarantined', why: 'suspected-sender' },
];
const faulty: readonly OutcomeForServer[] = [
  { kind: 'quarantined', why: 'unreadable' },
  { kind: 'quarantined', why: 'too-large' },
];

const plans = (afterwards: Afterwards, outcomes: readonly OutcomeForServer[]) =>
  outcomes.map((outcome) => planEffect(afterwards, outcome));
const each = <T>(outcomes: readonly OutcomeForServer[], plan: T) => outcomes.map(() => plan);

describe('a letter whose outcome is as it should be', () => {
  test('is marked read where that was chosen', () => {
    const plan = { kind: 'mark-read', target: null, delay: 0 };
    expect(plans({ kind: 'mark-read' }, settled)).toEqual(each(settled, plan));
  });

  test('is moved to the folder for letters without errors, and never to the other', () => {
    const plan = { kind: 'move', target: 'Done', delay: 0 };
    expect(plans(move, settled)).toEqual(each(settled, plan));
    expect(plans(moveDoneOnly, settled)).toEqual(each(settled, plan));
  });

  test('is deleted so many days later, or at once where none are given', () => {
    const plan = { kind: 'delete', target: null };
    expect(plans({ kind: 'delete', afterDays: 30 }, settled)).toEqual(each(settled, { ...plan, delay: 30 * day }));
    expect(plans({ kind: 'delete', afterDays: 0 }, settled)).toEqual(each(settled, { ...plan, delay: 0 }));
  });
});

describe('a letter stays as it is on the server', () => {
  test('where nothing was chosen, whatever became of it', () => {
    const all = [...settled, ...toLookAt, ...faulty];
    expect(plans({ kind: 'leave' }, all)).toEqual(each(all, null));
  });

  test('while a person is to judge it, whatever was chosen', () => {
    for (const afterwards of changes) expect(plans(afterwards, toLookAt)).toEqual(each(toLookAt, null));
  });

  test('with an error of its own, where no folder for those was chosen', () => {
    for (const afterwards of changes.filter((change) => change !== move))
      expect(plans(afterwards, faulty)).toEqual(each(faulty, null));
  });
});

test('a letter with an error of its own is moved to the folder for those', () => {
  expect(plans(move, faulty)).toEqual(each(faulty, { kind: 'move', target: 'Failed', delay: 0 }));
});
