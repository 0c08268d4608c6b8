import { readFileSync } from 'node:fs';
import { openConsole } from '../../src-main/app/terminal-console.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { MethodName } from '../../src-shared/contract/define-contract.ts';

/** A console in a process of its own, asked over the fork's pipe: `bench-console.ts` is the other end. */
export interface ConsoleWish {
  readonly profile: string;
  readonly automatic: boolean;
}

export type ConsoleQuestion =
  | { readonly id: number; readonly kind: 'call'; readonly name: MethodName<AppContract>; readonly input: unknown }
  | { readonly id: number; readonly kind: 'cpu' }
  | { readonly id: number; readonly kind: 'close' };

export type ConsoleAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: string }
  | { readonly event: 'loading.finished'; readonly at: number; readonly payload: unknown };

const { profile, automatic } = JSON.parse(process.argv[2] ?? '') as ConsoleWish;
const { client, close } = await openConsole({
  profile,
  vault: 'keychain',
  passphrase: null,
  automatic,
  person: { askWhereToSave: async () => null, openLink: async () => {} },
});
const say = (answer: ConsoleAnswer) => void process.send?.(answer);
client.on('loading.finished', (payload) => say({ event: 'loading.finished', at: Date.now(), payload }));

process.on('message', (question: ConsoleQuestion) => {
  void answer(question).then(
    (value) => say({ id: question.id, value }),
    (error: unknown) => say({ id: question.id, problem: String(error) }),
  );
});

async function answer(question: ConsoleQuestion): Promise<unknown> {
  if (question.kind === 'call') return client.call(question.name, question.input as never);
  if (question.kind === 'cpu') return cpuSeconds();
  await close();
  setImmediate(() => process.disconnect?.());
  return null;
}

/** Of this process and of the store's, since they began. */
function cpuSeconds(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  return ['self', ...children].reduce((sum, pid) => sum + ticksOf(pid) / 100, 0);
}

/** utime and stime of proc(5), in hundredths of a second on every Linux that there is. */
function ticksOf(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
