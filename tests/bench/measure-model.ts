import { join } from 'node:path';
import { dovecotServer } from '../model/dovecot-world.ts';
import { runModel } from '../model/model-run.ts';
import { tellRun } from '../model/tell-run.ts';
import { createWalk, type WalkPlan } from '../model/walk.ts';
import type { Figure } from './figures-table.ts';
import type { KillsStage } from './measure-kills.ts';

/** The walk of `tests/model` at its full length: everything that can happen to server, line and console, compared with a model. */
export async function measureModel({ dovecot, dir, seed, letters, say }: KillsStage): Promise<readonly Figure[]> {
  const kills = 200;
  const plan: WalkPlan = { seed, letters, backlog: letters / 2, perGroup: letters / 500, kills, killShare: 0.6 };
  const start = performance.now();
  const end = await runModel({
    server: dovecotServer(dovecot, 'm-'),
    profile: join(dir, 'model'),
    next: createWalk(plan).next,
    // Each comparison reads all that the console has.
    compareEvery: 10,
    say,
  });
  say(tellRun(seed, end, performance.now() - start));
  const { lost, doubled, broken } = end.findings;
  const walk = `${end.letters} letters, ${end.groups.length} passes, ${end.kills} kills`;
  return [
    { what: `${walk}: lost`, value: lost.length, unit: '', goal: 0 },
    { what: `${walk}: doubled`, value: doubled.length, unit: '', goal: 0 },
    { what: `${walk}: broken invariants`, value: broken.length, unit: '', goal: 0 },
  ];
}
