import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Bytes of all processes of one tree at the moment when the sum was highest. */
export interface MemoryPeak {
  readonly total: number;
  /** By process, highest first. */
  readonly parts: readonly number[];
  readonly samples: number;
}

/** Short enough to meet a batch of large attachments; reading the figure costs the kernel a few milliseconds. */
const everyMs = 200;

/**
 * Watches a process and all it started until told to stop. Proportional set size: memory that processes share (the program's own code)
 * counts once in the sum. Of the processes it started those count whose command line is as `only` says.
 */
export async function watchMemory(pid: number, signal: AbortSignal, only = /^/): Promise<MemoryPeak> {
  let peak: MemoryPeak = { total: 0, parts: [], samples: 0 };
  let samples = 0;
  while (!signal.aborted) {
    const counted = processTree(pid).filter((one) => one === pid || only.test(commandLine(one)));
    const parts = counted.map(proportionalSetSize);
    const total = parts.reduce((sum, part) => sum + part, 0);
    samples += 1;
    peak = { ...(total > peak.total ? { total, parts: parts.sort((a, b) => b - a) } : peak), samples };
    await wait(everyMs, undefined, { signal }).catch(() => {});
  }
  return peak;
}

function processTree(pid: number): readonly number[] {
  return [pid, ...childrenOf(pid).flatMap(processTree)];
}

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    // It ended between two looks.
    return [];
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function proportionalSetSize(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
