import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createClient } from '../../src-shared/contract/client.ts';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Client } from '../../src-shared/contract/define-contract.ts';
import type { Answer } from '../../src-shared/contract/envelope.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import type { Point } from './changes.ts';
import type { Act, ToDriver, ToTest } from './driver-messages.ts';

const driver = resolve(import.meta.dirname, 'console-driver.ts');
export const passphrase = 'correct horse battery staple';
/** The test's own questions to the driver are counted from here, the console's from one. */
const ownIds = 2 ** 41;

/** The console in a process of its own, reached through its contract, with a handle to kill it by. */
export interface ConsoleProcess {
  readonly call: Client<AppContract>['call'];
  /** sha256 of the raw bytes that are kept of these letters. */
  digests(messageIds: readonly MessageId[]): Promise<readonly string[]>;
  /** Resolves when the console has come to the point (killed there, or held); null disarms. */
  arm(point: Point | null, act: Act): void;
  readonly reached: () => boolean;
  onReached(listener: () => void): void;
  release(): void;
  readonly alive: () => boolean;
  kill(): Promise<void>;
  /** In order. */
  close(): Promise<void>;
}

export async function openConsoleProcess(profile: string): Promise<ConsoleProcess> {
  const child = fork(driver, [profile], {
    serialization: 'advanced',
    env: { ...process.env, MAILROOM_PASSPHRASE: passphrase },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const complaints: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk));
  const exited = once(child, 'exit');
  const listeners = new Set<(message: ToTest) => void>();
  child.on('message', (message: ToTest) => {
    for (const listener of [...listeners]) listener(message);
  });
  const opened = new Promise<void>((resolve) => listeners.add(({ kind }) => kind === 'opened' && resolve()));
  const failed = exited.then(() => {
    throw new Error(`the console did not open: ${Buffer.concat(complaints)}`);
  });
  // Whichever comes second is nobody's business.
  failed.catch(() => {});
  await Promise.race([opened, failed]);
  return consoleOver(child, exited, listeners);
}

function consoleOver(
  child: ChildProcess,
  exited: Promise<unknown>,
  listeners: Set<(message: ToTest) => void>,
): ConsoleProcess {
  const alive = (): boolean => child.exitCode === null && child.signalCode === null;
  // What is sent to a console that was just killed is answered by its end.
  const send = (message: ToDriver): void => void (child.connected && child.send(message, () => {}));
  const client = createClient<AppContract>(
    {
      send,
      onMessage: (listener) => listeners.add((message) => isOfConsole(message) && listener(message)),
      onClose: (listener) => void exited.then(listener),
    },
    'store.unavailable',
  );
  let reached = false;
  let onReached = (): void => {};
  let asked = 0;
  listeners.add(({ kind }) => {
    if (kind !== 'reached') return;
    reached = true;
    onReached();
  });
  return {
    call: client.call,
    async digests(messageIds) {
      asked += 1;
      const id = ownIds + asked;
      const answered = new Promise<Answer>((resolve) => {
        const take = (message: ToTest): void => {
          if (!('id' in message) || message.id !== id) return;
          listeners.delete(take);
          resolve(message);
        };
        listeners.add(take);
      });
      send({ kind: 'digests', id, messageIds });
      const answer = await Promise.race([answered, exited.then(() => null)]);
      if (answer?.kind !== 'value') throw new Error(`no raw bytes: ${JSON.stringify(answer)}`);
      return answer.value as readonly string[];
    },
    arm(point, act) {
      reached = false;
      onReached = () => {};
      send({ kind: 'arm', point, act });
    },
    reached: () => reached,
    onReached(listener) {
      onReached = listener;
    },
    release: () => send({ kind: 'release' }),
    alive,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async close() {
      send({ kind: 'close' });
      await exited;
    },
  };
}

function isOfConsole(message: ToTest): message is Answer {
  if (message.kind === 'event') return true;
  return (message.kind === 'value' || message.kind === 'error') && message.id < ownIds;
}
