import type { DueEffect } from '../store/api/ledger.ts';

/** Those that one command can do: one folder and numbering, one kind, one target; what was interrupted before by itself. At most `size` together. */
export function groupEffects(effects: readonly DueEffect[], size: number): DueEffect[][] {
  const groups = new Map<string, DueEffect[]>();
  for (const effect of effects) {
    const key = JSON.stringify([effect.folderId, effect.uidValidity, effect.kind, effect.target, effect.begun]);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(effect);
  }
  return [...groups.values()].flatMap((group) => {
    const parts: DueEffect[][] = [];
    for (let at = 0; at < group.length; at += size) parts.push(group.slice(at, at + size));
    return parts;
  });
}
