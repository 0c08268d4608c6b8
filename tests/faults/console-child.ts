import process from 'node:process';
import { createInterface } from 'node:readline';
import { openConsole } from '../../src-main/app/terminal-console.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Input, MethodName } from '../../src-shared/contract/define-contract.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import { passphrase } from '../bad-input/main-process.ts';
import { createDeadlyStore, type DeathAt } from '../support/deadly-store.ts';

/**
 * A whole console as a process, to be killed. Arguments as JSON (`ChildWish`); a line `{id, name, input}` in; lines `{store}`, `{open}`, `{id, value}`, `{id, problem}`
 * and `{event, payload}` out.
 */
export interface ChildWish {
  readonly profile: string;
  readonly automatic: boolean;
  /** The console kills itself at this call to its store. */
  readonly dieAt: { readonly call: number; readonly when: DeathAt } | null;
}

const wish = JSON.parse(process.argv[2] ?? '') as ChildWish;
const say = (line: unknown) => void process.stdout.write(`${JSON.stringify(line)}\n`);

const store = createDeadlyStore(() => process.kill(process.pid, 'SIGKILL'));
if (wish.dieAt !== null) store.dieAt(wish.dieAt.call, wish.dieAt.when);
const person = { askWhereToSave: async () => null, openLink: async () => {} };
const { profile, automatic } = wish;
const launchStore = async () => {
  const launched = await store.launch();
  say({ store: launched.pid });
  return launched;
};
try {
  const choice = { profile, vault: 'passphrase', passphrase, automatic, person } as const;
  const { client, close } = await openConsole(choice, { launchStore });
  for (const event of ['loading.progress', 'loading.finished', 'mail.changed', 'outbox.changed'] as const)
    client.on(event, (payload) => say({ event, payload }));
  say({ open: true });
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, name, input } = JSON.parse(line) as { id: number; name: MethodName<AppContract>; input: never };
    client.call(name, input as Input<AppContract, typeof name>).then(
      (value) => say({ id, value: value ?? null }),
      (error: unknown) => say({ id, problem: toWire(error) }),
    );
  }
  await close();
} catch (error) {
  say({ problem: toWire(error) });
}
process.exit();
