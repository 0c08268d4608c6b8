import type { ClientPipe } from '../../src-shared/contract/envelope.ts';

/** A running store process, however it was started. */
export interface StoreProcess {
  readonly kind: 'utility' | 'child';
  readonly pid: number | undefined;
  readonly pipe: ClientPipe;
  /** Lines the process wrote to its standard error: faults, as JSON. */
  onFaultLine(listener: (line: string) => void): void;
  kill(): void;
}

/** Starts one; the pipe's end says that it is gone. */
export type LaunchStore = () => Promise<StoreProcess>;

export interface Ending {
  fire(): void;
  onClose(listener: () => void): void;
}

/** The end of a pipe: told once to everybody, and at once to whoever asks afterwards. */
export function createEnding(): Ending {
  const listeners: (() => void)[] = [];
  let ended = false;
  return {
    fire() {
      if (ended) return;
      ended = true;
      for (const listener of listeners.splice(0)) listener();
    },
    onClose(listener) {
      if (ended) listener();
      else listeners.push(listener);
    },
  };
}

/** Whole lines out of pieces; a line without end is cut off, since nobody's fault is that long. */
export function eachLine(stream: NodeJS.ReadableStream | null, listener: (line: string) => void): void {
  const MAX_LINE = 64 * 1024;
  let rest = '';
  stream?.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = (lines.pop() ?? '').slice(-MAX_LINE);
    for (const line of lines) if (line !== '') listener(line);
  });
}
