import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Figure, percentile } from './figures-table.ts';
import type { MailboxPlan } from './generate-mailbox.ts';
import type { Peer } from './peer.ts';
import { searchQueries } from './search-queries.ts';
import type { SearchJob, SearchResult } from './search-run.ts';

export interface SearchStage {
  readonly profile: string;
  readonly plan: MailboxPlan;
  readonly peer: Peer | null;
  say(line: string): void;
}

/** Each query once, in a console that was just opened; the same of notmuch, whose start is part of its time. */
export async function measureSearch({ profile, plan, peer, say }: SearchStage): Promise<readonly Figure[]> {
  const queries = searchQueries(plan);
  const result = await searchInConsole({ profile, queries: queries.map(({ text }) => text) });
  const empty = result.found.filter((count) => count === 0).length;
  const slowest = result.ms
    .map((ms, at) => ({ ms, text: queries[at]?.text ?? '' }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 5)
    .map(({ ms, text }) => `${text} ${ms.toFixed(1)}`);
  say(`${queries.length} searches, ${empty} of them without a letter; slowest (ms): ${slowest.join(', ')}`);
  const peerMs: number[] = [];
  if (peer !== null) for (const { forNotmuch } of queries) peerMs.push(await peer.search(forNotmuch));
  return ([0.5, 0.95, 1] as const).map((share) => ({
    what: `search among ${plan.letters} letters, ${share === 1 ? 'slowest' : `p${share * 100}`}`,
    value: percentile(result.ms, share),
    unit: 'ms' as const,
    ...(share === 0.95 ? { goal: 10 } : {}),
    ...(peerMs.length === 0 ? {} : { peer: { name: 'notmuch search', value: percentile(peerMs, share) } }),
  }));
}

async function searchInConsole(job: SearchJob): Promise<SearchResult> {
  const entry = fileURLToPath(new URL('search-run.ts', import.meta.url));
  const child = fork(entry, [JSON.stringify(job)], { execArgv: [] });
  let result: SearchResult | undefined;
  child.on('message', (message) => {
    result = message as SearchResult;
  });
  const [code, signal] = await once(child, 'exit');
  if (code !== 0 || result === undefined) throw new Error(`the console ended with ${code ?? signal}`);
  return result;
}
