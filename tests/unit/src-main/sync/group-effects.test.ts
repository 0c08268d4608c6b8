import { describe, expect, test } from 'vitest';
import type { DueEffect } from '../../../../src-main/store/api/ledger.ts';
import { groupEffects } from '../../../../src-main/sync/group-effects.ts';
import type { EffectId, FolderId } from '../../../../src-shared/domain/ids.ts';

const move = (effectId: number, differently: Partial<DueEffect> = {}): DueEffect => ({
  effectId: effectId as EffectId,
  folderId: 1 as FolderId,
  folderPath: 'INBOX',
  uidValidity: 7,
  uid: 100 + effectId,
  kind: 'move',
  target: 'Done',
  begun: false,
  attempts: 0,
  messageIdHeader: `<${effectId}@sender.example>`,
  size: 100,
  ...differently,
});
const idsOf = (groups: readonly (readonly DueEffect[])[]) =>
  groups.map((group) => group.map(({ effectId }) => effectId as number));

describe('effects that one command can do', () => {
  test('are together in their order, however often each was tried', () => {
    expect(idsOf(groupEffects([move(3), move(1, { attempts: 4 }), move(2)], 100))).toEqual([[3, 1, 2]]);
  });

  test('are brought together from among others, in the order in which each sort came first', () => {
    const read = { kind: 'mark-read', target: null } as const;
    const mixed = [move(1), move(2, read), move(3), move(4, { folderId: 2 as FolderId }), move(5, read)];
    expect(idsOf(groupEffects(mixed, 100))).toEqual([[1, 3], [2, 5], [4]]);
  });

  test('are cut where they are too many for one, and those of another sort do not count', () => {
    const read = { kind: 'mark-read', target: null } as const;
    const many = [move(1), move(2), move(3, read), move(4), move(5), move(6)];
    expect(idsOf(groupEffects(many, 2))).toEqual([[1, 2], [4, 5], [6], [3]]);
  });

  test('are none where nothing is due', () => {
    expect(groupEffects([], 100)).toEqual([]);
  });
});

describe('effects are apart', () => {
  const differences: readonly (readonly [string, Partial<DueEffect>])[] = [
    ['in another folder', { folderId: 2 as FolderId, folderPath: 'Projects' }],
    ['under another numbering of the folder', { uidValidity: 8 }],
    ['with another target', { target: 'Failed' }],
    ['that were interrupted before', { begun: true }],
  ];

  test.each(differences)('%s', (_, difference) => {
    expect(idsOf(groupEffects([move(1), move(2, difference), move(3)], 100))).toEqual([[1, 3], [2]]);
  });

  test('of another kind, although neither has a target', () => {
    const read = { kind: 'mark-read', target: null } as const;
    const away = { kind: 'delete', target: null } as const;
    expect(idsOf(groupEffects([move(1, read), move(2, away), move(3, read)], 100))).toEqual([[1, 3], [2]]);
  });

  test('whatever signs the name of a target has', () => {
    const targets = ['Done', 'Done",false', 'done', 'Done ', 'null', null];
    const effects = targets.map((target, at) => move(at, { target }));
    expect(idsOf(groupEffects(effects, 100))).toEqual([[0], [1], [2], [3], [4], [5]]);
  });
});
