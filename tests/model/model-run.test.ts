import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { runModel } from './model-run.ts';
import { tellRun } from './tell-run.ts';
import { createWalk, type WalkPlan } from './walk.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const own = process.env.MAILROOM_MODEL_SEED;
const seeds = own === undefined ? ['1'] : [...new Set(['1', own])];

test.each(seeds)(
  'seed %s: whatever happens to server, line and console, nothing is lost and nothing doubled',
  { timeout: 600_000 },
  async (seed) => {
    using folder = temporaryFolder();
    const plan: WalkPlan = { seed, letters: 500, backlog: 150, perGroup: 10, kills: 10, killShare: 0.3 };
    const started = performance.now();
    const end = await runModel({
      dovecot,
      profile: join(folder.path, 'profile'),
      run: `s${seed}-`,
      next: createWalk(plan).next,
      compareEvery: 1,
      say: () => {},
    });
    const told = tellRun(seed, end, performance.now() - started);
    process.stdout.write(`${told}\n`);
    expect(end.findings, told).toEqual({ lost: [], doubled: [], broken: [] });
    expect(end.letters).toBe(plan.letters);
    expect(end.kills).toBeGreaterThanOrEqual(plan.kills);
  },
);
