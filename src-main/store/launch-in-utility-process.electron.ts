import { app, utilityProcess } from 'electron';
import type { Answer, ClientPipe, Question } from '../../src-shared/contract/envelope.ts';
import { toFrame } from './message-frames.ts';
import { storeEnvironment, v8Flags } from './store-environment.ts';
import { createEnding, eachLine, type LaunchStore } from './store-process-pipe.ts';

/** The desktop program's way. Before `ready` a fork would crash Electron, so it is waited for. */
export function launchInUtilityProcess(file: string): LaunchStore {
  return async () => {
    await app.whenReady();
    const child = utilityProcess.fork(file, [], {
      serviceName: 'Mailroom store',
      stdio: ['ignore', 'ignore', 'pipe'],
      execArgv: v8Flags,
      env: storeEnvironment(process.env),
    });
    const ending = createEnding();
    let gone = false;
    child.once('exit', () => {
      gone = true;
      ending.fire();
    });
    const pipe: ClientPipe = {
      send: (message: Question) => {
        // In one piece: of an array that is a part of a larger buffer the whole buffer would be copied.
        if (!gone) child.postMessage(Buffer.concat(toFrame(message)));
      },
      onMessage: (listener) => void child.on('message', (message: Answer) => listener(message)),
      onClose: ending.onClose,
    };
    return {
      kind: 'utility',
      pid: child.pid,
      pipe,
      onFaultLine: (listener) => eachLine(child.stderr, listener),
      kill: () => void child.kill(),
    };
  };
}
