import { existsSync, readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { Answer, ServerPipe } from '../../../src-shared/contract/envelope.ts';
import { writeFault } from '../fault-line.ts';
import { createFrameReader } from '../message-frames.ts';
import { serveStore } from './serve-store.ts';

/** Of Electron's utility process; a plain child of Node has none. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: Uint8Array }) => void): void;
  postMessage(message: Answer): void;
}

/** A process whose asking side is gone has nobody to work for. */
function end(code: number): void {
  process.exit(code);
}

function utilityPipe(port: ParentPort): ServerPipe {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      const read = createFrameReader(listener);
      port.on('message', ({ data }) => read(data));
    },
    // Electron ends a utility process with its parent; there is no event to wait for.
    onClose: () => {},
  };
}

function childPipe(): ServerPipe {
  return {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.stdin.on('data', createFrameReader(listener)),
    onClose: (listener) => void process.on('disconnect', listener),
  };
}

/** The parser's entry: beside the bundle, or beside this file in the sources. */
function workerFile(): string {
  const folder = dirname(process.argv[1] ?? '');
  const bundled = join(folder, 'parser.cjs');
  return existsSync(bundled) ? bundled : join(folder, 'parser-worker.ts');
}

/** The window comes first: where there are fewer processors than work, a load must not make it wait (docs/notes/figures.md). */
function stepBack(): void {
  // Linux has a priority for each thread: those of the garbage collector started with that of our parent.
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
  for (const thread of threads) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function report(event: string, fault: Parameters<typeof writeFault>[1]): void {
  process.stderr.write(`${writeFault(event, fault)}\n`);
}

process.on('uncaughtException', (error) => {
  report('uncaught', { error });
  end(70);
});
process.on('unhandledRejection', (error) => {
  report('unhandled', { error });
  end(70);
});
// Ctrl-C goes to the whole group: the parent closes us when its work is at rest.
process.on('SIGINT', () => {});
process.on('disconnect', () => end(0));

const port = (process as unknown as { parentPort?: ParentPort }).parentPort;
serveStore(port ? utilityPipe(port) : childPipe(), {
  workerFile: workerFile(),
  onLoad: stepBack,
  log: { error: report },
});
// Where Node keeps what it has compiled (NODE_COMPILE_CACHE), it does so at the process's own end; ours is killed when it has closed its file.
process.getBuiltinModule('node:module').flushCompileCache?.();
