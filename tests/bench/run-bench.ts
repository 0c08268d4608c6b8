import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDovecot } from '../support/dovecot.ts';
import { type Figure, figuresTable } from './figures-table.ts';
import type { MailboxPlan } from './generate-mailbox.ts';
import { measureKills } from './measure-kills.ts';
import { measureLaunch } from './measure-launch.ts';
import { type LoadStage, measureLoad } from './measure-load.ts';
import { measureMailboxes } from './measure-mailboxes.ts';
import { measureModel } from './measure-model.ts';
import { measureQuietPass } from './measure-quiet-pass.ts';
import { measureScale } from './measure-scale.ts';
import { measureSearch } from './measure-search.ts';

/** Entry of `npm run bench`: prints figures and never fails for one; only for what could not be run. */
type Part = 'load' | 'memory' | 'search' | 'launch' | 'loop' | 'mailboxes' | 'quiet' | 'scale' | 'kills' | 'model';

const seed = '1';
/** The large mailbox is of small letters: their number is what is in question. */
const timesLarger = 5;

async function bench(parts: ReadonlySet<Part>, letters: number): Promise<readonly Figure[]> {
  const wants = (...some: readonly Part[]): boolean => some.some((part) => parts.has(part));
  const plan: MailboxPlan = { seed, letters, sizes: 'office' };
  const largePlan: MailboxPlan = { seed, letters: letters * timesLarger, sizes: 'small' };
  const dir = mkdtempSync(join(tmpdir(), 'mailroom-bench-'));
  const dovecot = await startDovecot();
  const figures: Figure[] = [];
  try {
    const stage: Omit<LoadStage, 'plan' | 'withPeer'> = { dovecot, dir, say };
    if (wants('load', 'memory', 'search', 'loop')) {
      const measured = await measureLoad({ ...stage, plan, withPeer: wants('load', 'search') });
      for (const part of ['load', 'memory', 'loop'] as const) if (wants(part)) figures.push(...measured.figures[part]);
      if (wants('search')) figures.push(...(await measureSearch({ ...measured, plan, say })));
    }
    if (wants('memory', 'launch')) {
      const measured = await measureLoad({
        ...stage,
        plan: largePlan,
        withPeer: false,
      });
      if (wants('memory')) figures.push(...measured.figures.load, ...measured.figures.memory, ...measured.figures.loop);
      if (wants('launch'))
        figures.push(...(await measureLaunch({ profile: measured.profile, letters: largePlan.letters, dir, say })));
    }
    if (wants('mailboxes')) figures.push(...(await measureMailboxes({ dovecot, dir, say })));
    if (wants('quiet')) figures.push(...(await measureQuietPass({ dovecot, dir, letters, say })));
    if (wants('kills')) figures.push(...(await measureKills({ dovecot, dir, seed, letters, say })));
    if (wants('model')) figures.push(...(await measureModel({ dovecot, dir, seed, letters, say })));
    if (wants('scale')) figures.push(...(await measureScale({ dovecot, dir, seed, letters, say })));
    return figures;
  } finally {
    await dovecot.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function usualLetters(wanted: ReadonlySet<Part>): number {
  if (wanted.has('scale')) return 1_000_000;
  return wanted.has('model') ? 10_000 : 20_000;
}

const { values } = parseArgs({ options: { letters: { type: 'string' }, only: { type: 'string' } } });
/** What a run without words takes; the others take most of an hour and are asked for by name. */
const usual: readonly Part[] = ['load', 'memory', 'search', 'launch', 'loop', 'mailboxes', 'quiet'];
const long = ['scale', 'kills', 'model'] as const;
const named = [...usual, ...long].filter((part) => part === values.only);
const parts = new Set(values.only === undefined ? usual : named);
const figures = await bench(parts, Number(values.letters ?? usualLetters(parts)));
say('');
say(figuresTable(figures));
