import { readdirSync, readFileSync } from 'node:fs';

/** Command lines of a process and of all below it, as everybody on this machine may read them (Linux). */
export function commandLinesOf(pid: number): readonly string[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)] as const),
  );
  const isBelow = (at: number | undefined): boolean => at === pid || (at !== undefined && isBelow(parents.get(at)));
  return [...parents.keys()].filter(isBelow).map((id) => readOf(id, 'cmdline').replaceAll('\0', ' '));
}

/** The second field behind the name, which stands in brackets and may hold anything (proc_pid_stat(5)). */
function parentOf(pid: string): number | undefined {
  const [, parent] = readOf(Number(pid), 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return Number(parent) || undefined;
}

function readOf(pid: number, file: 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    // It has ended meanwhile.
    return '';
  }
}
