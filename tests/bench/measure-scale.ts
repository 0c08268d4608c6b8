import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Dovecot } from '../support/dovecot.ts';
import { startBenchConsole } from './bench-console.ts';
import type { Figure } from './figures-table.ts';
import { measureLaunch } from './measure-launch.ts';
import { measureLoad } from './measure-load.ts';
import { measureSearch } from './measure-search.ts';

export interface ScaleStage {
  readonly dovecot: Dovecot;
  readonly dir: string;
  readonly seed: string;
  /** Of the largest mailbox; the others are a tenth and a hundredth of it. */
  readonly letters: number;
  say(line: string): void;
}

interface Measured {
  readonly letters: number;
  readonly loadSeconds: number;
  readonly memoryMb: number;
  readonly firstPageMs: number;
}

/** The same kind of mailbox in three sizes: what a letter costs, and what their number does to memory, search, list and start. */
export async function measureScale({ dovecot, dir, seed, letters, say }: ScaleStage): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const measured: Measured[] = [];
  for (const size of [letters / 100, letters / 10, letters]) {
    const plan = { seed, letters: size, sizes: 'small' as const };
    const loaded = await measureLoad({ dovecot, dir, plan, withPeer: false, say });
    const { profile } = loaded;
    const [load, memory] = [loaded.figures.load[0]?.value ?? 0, loaded.figures.memory[0]?.value ?? 0];
    const firstPageMs = await firstPage(profile);
    measured.push({ letters: size, loadSeconds: load, memoryMb: memory, firstPageMs });
    figures.push(...loaded.figures.load, ...loaded.figures.memory);
    const search = await measureSearch({ profile, plan, peer: null, say });
    figures.push(...search.map((figure) => (figure.goal === undefined ? figure : { ...figure, goal: 50 })));
    figures.push({ what: `first page of ${size} letters`, value: firstPageMs, unit: 'ms', goal: 100 });
    if (size === letters) {
      figures.push(...(await launches(profile, { dir, letters: size, say })));
      figures.push(sizeBesideMaildir(dovecot, profile, size));
    }
  }
  return [...figures, ...costsOfALetter(measured)];
}

async function firstPage(profile: string): Promise<number> {
  const console = startBenchConsole({ profile, automatic: false });
  try {
    const scope = { mailboxId: null, folderId: null, unreadOnly: false };
    const page = () => console.call('mail.list', { scope, before: null, limit: 100 });
    await page();
    const start = performance.now();
    await page();
    return performance.now() - start;
  } finally {
    await console.close();
  }
}

/** Beside the console over an empty profile, not an empty window: what is asked is what the letters cost. */
async function launches(
  profile: string,
  { dir, letters, say }: { readonly dir: string; readonly letters: number; say(line: string): void },
): Promise<readonly Figure[]> {
  const own = join(dir, `launch${letters}`);
  mkdirSync(own);
  return measureLaunch({ profile, letters, dir: own, beside: 'empty profile', say });
}

function sizeBesideMaildir(dovecot: Dovecot, profile: string, letters: number): Figure {
  const maildir = join(dovecot.dir, 'mail', `small${letters}`, 'Maildir');
  const { stdout } = spawnSync('du', ['-sm', maildir], { encoding: 'utf8' });
  return {
    what: `database of ${letters} letters`,
    value: statSync(join(profile, 'mailroom.db')).size / (1024 * 1024),
    unit: 'MB',
    peer: { name: 'Maildir on disk', value: Number(stdout.split('\t')[0]) },
  };
}

function costsOfALetter(measured: readonly Measured[]): readonly Figure[] {
  const [first] = measured;
  if (first === undefined) return [];
  const cost = ({ loadSeconds, letters }: Measured) => (loadSeconds * 1000) / letters;
  return measured.slice(1).map((one) => ({
    what: `cost of a letter among ${one.letters}`,
    value: cost(one),
    unit: 'ms',
    goalRatio: 1.3,
    peer: { name: `among ${first.letters}`, value: cost(first) },
  }));
}
