import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import process from 'node:process';
import { openConsole } from '../../src-main/app/terminal-console.ts';
import { launchInChildProcess } from '../../src-main/store/launch-in-child-process.ts';
import type { Question } from '../../src-shared/contract/envelope.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { ToDriver, ToTest } from './driver-messages.ts';
import { watchStore } from './fault-points.ts';

/** The console as a process that can be killed: `node console-driver.ts PROFILE`, asked over the channel that fork gives it. */
const storeProcess = resolve(import.meta.dirname, '../../src-main/store/process/store-process.ts');
/** A line that says nothing is given up within two seconds; longer waits would make a run of faults last hours. */
const connectionTimes = {
  connect: 5_000,
  greeting: 5_000,
  answer: 5_000,
  silence: 2_000,
  letter: 20_000,
  farewell: 100,
};

const watched = watchStore(launchInChildProcess(storeProcess));
let release = (): void => {};
const tell = (message: ToTest): void => void process.send?.(message);

process.on('disconnect', () => process.exit(1));
const [, , profile] = process.argv;
if (profile === undefined) throw new Error('usage: console-driver.ts PROFILE');
const { client, close } = await openConsole(
  {
    profile,
    vault: 'passphrase',
    passphrase: process.env.MAILROOM_PASSPHRASE ?? '',
    automatic: false,
    person: { askWhereToSave: async () => null, openLink: async () => undefined },
  },
  { connectionTimes, launchStore: watched.launch },
);

process.on('message', (message: ToDriver) => {
  if (message.kind === 'call') void answer(message);
  if (message.kind === 'digests') void digests(message.id, message.messageIds);
  if (message.kind === 'release') release();
  if (message.kind === 'arm') arm(message);
  if (message.kind === 'close') void close().then(() => process.exit(0));
});
tell({ kind: 'opened' });

async function answer({ id, name, input }: Extract<Question, { kind: 'call' }>): Promise<void> {
  try {
    const value = await client.call(name as never, input as never);
    tell({ kind: 'value', id, value });
  } catch (error) {
    tell({ kind: 'error', id, error: toWire(error) });
  }
}

async function digests(id: number, messageIds: Extract<ToDriver, { kind: 'digests' }>['messageIds']): Promise<void> {
  try {
    const value: string[] = [];
    for (const messageId of messageIds) {
      const raw = await watched.client().call('letters.raw', { messageId });
      value.push(createHash('sha256').update(raw).digest('hex'));
    }
    tell({ kind: 'value', id, value });
  } catch (error) {
    tell({ kind: 'error', id, error: toWire(error) });
  }
}

function arm({ point, act }: Extract<ToDriver, { kind: 'arm' }>): void {
  watched.arm(point, async (serving) => {
    if (act === 'kill') process.kill(process.pid, 'SIGKILL');
    tell({ kind: 'reached' });
    if (act === 'kill-store') serving.kill();
    if (act === 'hold')
      await new Promise<void>((resolve) => {
        release = resolve;
      });
  });
}
