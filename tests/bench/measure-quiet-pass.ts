import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Dovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { startBenchConsole } from './bench-console.ts';
import type { Figure } from './figures-table.ts';
import { addMailbox } from './load-through.ts';

export interface QuietStage {
  readonly dovecot: Dovecot;
  readonly dir: string;
  /** In each folder. */
  readonly letters: number;
  say(line: string): void;
}

const folders = 50;
const user = 'quiet';

/** A pass over fifty large folders in which nothing has happened: how many commands, and how long. */
export async function measureQuietPass({ dovecot, dir, letters, say }: QuietStage): Promise<readonly Figure[]> {
  const maildir = join(dovecot.dir, 'mail', user, 'Maildir');
  // Before the period: they have their rows and are not loaded; a quiet pass is the same.
  const old = new Date(2020, 0, 1);
  fillMaildir(
    dovecot,
    user,
    'F0',
    Array.from({ length: letters }, (_, at) => ({ raw: `Subject: ${at}\r\n\r\n${at}\r\n`, receivedAt: old })),
  );
  for (let at = 1; at < folders; at += 1) run('cp', ['-a', '--link', join(maildir, '.F0'), join(maildir, `.F${at}`)]);
  const console = startBenchConsole({ profile: join(dir, 'quiet'), automatic: false });
  try {
    const wish = { imapPort: dovecot.imapPort, user };
    const mailboxId = await addMailbox(console.call, wish, {
      folders: ({ path }) => path.startsWith('F'),
      firstLoadPeriod: 'day',
    });
    const pass = async () => {
      const start = performance.now();
      const [report] = await console.call('loading.run', { mailboxIds: [mailboxId] });
      if (!report || report.problem) throw new Error(`not loaded: ${JSON.stringify(report)}`);
      return { ms: performance.now() - start, report };
    };
    const first = await pass();
    await pass();
    const quiet = await pass();
    const unchanged = quiet.report.folders.filter((folder) => folder.unchanged).length;
    say(
      `${folders} folders of ${letters}: the first pass ${(first.ms / 1000).toFixed(1)} s, ${first.report.roundTrips} commands; a quiet one opened ${folders - unchanged} of them`,
    );
    return [
      {
        what: `quiet pass over ${folders} folders of ${letters}, commands`,
        value: quiet.report.roundTrips,
        unit: '',
        peer: { name: 'its first pass', value: first.report.roundTrips },
      },
      {
        what: `quiet pass over ${folders} folders of ${letters}`,
        value: quiet.ms,
        unit: 'ms',
        peer: { name: 'its first pass', value: first.ms },
      },
    ];
  } finally {
    await console.close();
  }
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}
