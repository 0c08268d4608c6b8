import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { dovecotServer } from './dovecot-world.ts';
import { exchangeAddress, exchangePassword, exchangeServer } from './exchange-world.ts';
import { runModel } from './model-run.ts';
import { modelMailboxes } from './scope.ts';
import { tellRun } from './tell-run.ts';
import { createWalk, type WalkPlan } from './walk.ts';
import type { ModelServer } from './world.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const own = process.env.MAILROOM_MODEL_SEED;
const seeds = own === undefined ? ['1'] : [...new Set(['1', own])];

const plan = { letters: 500, backlog: 150, perGroup: 10, kills: 10, killShare: 0.3 };
/** Shorter: how the loader goes on is walked above, here it is the names of letters that are in question. */
const shortPlan = { letters: 150, backlog: 50, perGroup: 8, kills: 4, killShare: 0.3 };

async function walk(server: ModelServer, plan: WalkPlan): Promise<void> {
  using folder = temporaryFolder();
  const started = performance.now();
  const end = await runModel({
    server,
    profile: join(folder.path, 'profile'),
    next: createWalk(plan, server.mailboxes[0]?.protocol).next,
    compareEvery: 1,
    say: () => {},
  });
  const told = tellRun(plan.seed, end, performance.now() - started);
  process.stdout.write(`${told}\n`);
  expect(end.findings, told).toEqual({ lost: [], doubled: [], broken: [] });
  expect(end.letters).toBe(plan.letters);
  expect(end.kills).toBeGreaterThanOrEqual(plan.kills);
}

describe.each(seeds)(
  'seed %s: whatever happens to server, line and console, nothing is lost and nothing doubled',
  (seed) => {
    test('over IMAP', { timeout: 600_000 }, async () => {
      await walk(dovecotServer(dovecot, `s${seed}-`), { ...plan, seed });
    });

    test('over POP3', { timeout: 600_000 }, async () => {
      await walk(dovecotServer(dovecot, `p${seed}-`, 'pop3'), { ...shortPlan, seed });
    });

    test('at an Exchange', { timeout: 600_000 }, async () => {
      const run = `e${seed}-`;
      const double = await startExchangeDouble({ accounts: accountsOf(run) });
      try {
        await walk(exchangeServer(double, run), { ...shortPlan, seed });
        expect(double.schemaFaults).toEqual([]);
      } finally {
        await double.stop();
      }
    });
  },
);

const accountsOf = (run: string) =>
  modelMailboxes(run, 'ews').map(({ user }) => ({
    login: user,
    password: exchangePassword,
    address: exchangeAddress(user),
  }));
