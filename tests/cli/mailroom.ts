import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src-main/cli/cli.ts', import.meta.url));
/** As `npx mailroom` has it. */
const compiled = fileURLToPath(new URL('../../.cache/compiled', import.meta.url));

export interface MailroomRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface MailroomOptions {
  readonly profile: string;
  readonly stdin?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** As soon as its output shows `sign`, `first` is done, and then it is interrupted as by Ctrl-C. */
  readonly interrupt?: { readonly sign: string; readonly first?: () => Promise<unknown> };
}

export const passphrase = 'correct horse battery staple';

/** The program as a script starts it: a process of its own, secrets under a passphrase in a profile of the test. */
export async function mailroom(args: readonly string[], options: MailroomOptions): Promise<MailroomRun> {
  const child = spawn(process.execPath, [program, ...args, '--profile', options.profile, '--vault', 'passphrase'], {
    env: {
      ...process.env,
      ...{ LANG: 'en_US.UTF-8', LC_ALL: '', MAILROOM_PASSPHRASE: passphrase, NODE_COMPILE_CACHE: compiled },
      ...options.env,
    },
  });
  // A program that has ended without reading closes its end early.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  if (options.interrupt) interrupt(child, options.interrupt);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr };
}

function interrupt(child: ChildProcessWithoutNullStreams, { sign, first }: NonNullable<MailroomOptions['interrupt']>) {
  let seen = '';
  const look = (chunk: Buffer) => {
    const before = seen.includes(sign);
    seen += chunk.toString();
    if (before || !seen.includes(sign)) return;
    void Promise.resolve(first?.()).finally(() => child.kill('SIGINT'));
  };
  child.stdout.on('data', look);
  child.stderr.on('data', look);
}

/** A run that must succeed, and its JSON. */
export async function mailroomJson<T>(args: readonly string[], options: MailroomOptions): Promise<T> {
  const run = await mailroom([...args, '--json'], options);
  if (run.code !== 0) throw new Error(`mailroom ${args.join(' ')} ended with ${run.code}: ${run.stderr}`);
  return JSON.parse(run.stdout) as T;
}
