import { fork } from 'node:child_process';
import type { Answer, ClientPipe, Question } from '../../src-shared/contract/envelope.ts';
import { toFrame } from './message-frames.ts';
import { storeEnvironment, v8Flags } from './store-environment.ts';
import { createEnding, eachLine, type LaunchStore } from './store-process-pipe.ts';

/**
 * A child under a given Node 24: the terminal's way, the tests', and the desktop program's where Electron's own Node is too old for the database.
 * `file`: store.cjs of the bundle, or process/store-process.ts.
 */
export function launchInChildProcess(file: string, nodePath: string = process.execPath): LaunchStore {
  return async () => {
    const child = fork(file, [], {
      execPath: nodePath,
      execArgv: v8Flags,
      serialization: 'advanced',
      env: storeEnvironment(process.env),
      // Questions go through its standard input, answers come by the channel that Node has for messages.
      stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    });
    const ending = createEnding();
    child.once('exit', ending.fire);
    child.once('error', ending.fire);
    // What is sent to a process that has just died is answered by the pipe's end.
    child.stdin?.on('error', () => {});
    const pipe: ClientPipe = {
      send: (message: Question) => {
        child.stdin?.cork();
        for (const piece of toFrame(message)) child.stdin?.write(piece);
        child.stdin?.uncork();
      },
      onMessage: (listener) => void child.on('message', (message) => listener(message as Answer)),
      onClose: ending.onClose,
    };
    return {
      kind: 'child',
      pid: child.pid,
      pipe,
      onFaultLine: (listener) => eachLine(child.stderr, listener),
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
