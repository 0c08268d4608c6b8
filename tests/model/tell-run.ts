import type { Group } from './changes.ts';
import { isClean } from './compare.ts';
import type { RunEnd } from './model-run.ts';

const shown = 12;

/** The run's figures on one line; where something is wrong, what it is, and how to see it again. */
export function tellRun(seed: string, end: RunEnd, milliseconds: number): string {
  const { lost, doubled, broken } = end.findings;
  const figures = [
    `lost ${lost.length}, doubled ${doubled.length}, broken invariants ${broken.length}`,
    `seed ${seed}, ${end.steps} steps, ${end.groups.length} passes, ${end.letters} letters`,
    `${end.kills} kills, ${end.storeKills} of the store, ${(milliseconds / 1000).toFixed(0)} s`,
  ].join('; ');
  const balance = end.balance.map(({ user, onServer, loaded }) => `${user} ${loaded} of ${onServer}`).join(', ');
  if (isClean(end.findings)) return `${figures}\nloaded of what is on the server: ${balance}`;
  const wrong = [...lost, ...doubled, ...broken];
  return [
    figures,
    ...wrong.slice(0, shown).map((words) => `  ${words}`),
    ...(wrong.length > shown ? [`  and ${wrong.length - shown} more`] : []),
    `The first ${end.groups.length} groups are enough: MAILROOM_MODEL_SEED=${seed} npx vitest run tests/model`,
    ...end.groups.slice(-3).map((group, at, all) => tellGroup(end.groups.length - all.length + at + 1, group)),
  ].join('\n');
}

function tellGroup(number: number, { changes, fault, restart }: Group): string {
  const brief = changes.map((change) =>
    change.kind === 'arrive'
      ? `${change.letters.length} arrive by ${change.how}: ${change.letters
          .slice(0, shown)
          .map(
            ({ letter, places }) =>
              `${letter.serial} ${places.map(({ user, folder }) => `${user}/${folder}`).join('+')}`,
          )
          .join(', ')}`
      : JSON.stringify(change),
  );
  return [`group ${number}${restart ? ', console restarted' : ''}, ${JSON.stringify(fault)}`, ...brief].join('\n    ');
}
