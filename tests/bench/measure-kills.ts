import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createConsoleLife } from '../model/console-life.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { type Figure, percentile } from './figures-table.ts';
import { generateMailbox } from './generate-mailbox.ts';
import { addMailbox } from './load-through.ts';
import { createSeededRandom } from './seeded-random.ts';

export interface KillsStage {
  readonly dovecot: Dovecot;
  readonly dir: string;
  readonly seed: string;
  readonly letters: number;
  say(line: string): void;
}

const kills = 200;
const user = 'killed';
/** A console that lives longer than this has nearly loaded the mailbox: the kills are to be spread over the load. */
const longestLife = 400;

/** The first load of a large mailbox by a console that is killed two hundred times meanwhile, and the balance of what came of it. */
export async function measureKills({ dovecot, dir, seed, letters, say }: KillsStage): Promise<readonly Figure[]> {
  fillMaildir(dovecot, user, 'INBOX', generateMailbox({ seed, letters, sizes: 'small' }));
  const random = createSeededRandom(`kills:${seed}`);
  await using life = await createConsoleLife(join(dir, 'killed'));
  const first = await life.running();
  const mailboxId = await addMailbox(first.call, { imapPort: dovecot.imapPort, user });
  const reopened: number[] = [];
  let inPass = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const begun = performance.now();
    const console = await life.running();
    if (kill > 0) reopened.push(performance.now() - begun);
    const pass = console.call('loading.run', { mailboxIds: [mailboxId] }).then(
      () => false,
      () => true,
    );
    await wait(20 + random.integer(longestLife));
    await console.kill();
    if (await pass) inPass += 1;
  }
  say(`${kills} kills, ${inPass} of them in a pass`);
  const last = await life.running();
  const [report] = await last.call('loading.run', { mailboxIds: [mailboxId] });
  if (!report || report.problem) throw new Error(`not loaded: ${JSON.stringify(report)}`);
  const [balance] = await last.call('ledger.recount', { mailboxId });
  if (!balance) throw new Error('no balance');
  const { total } = await last.call('mail.count', { scope: { mailboxId, folderId: null, unreadOnly: false } });
  const after = `${letters} letters after ${kills} kills`;
  return [
    { what: `${after}: unexplained`, value: balance.unexplained.length, unit: '', goal: 0 },
    { what: `${after}: lost`, value: letters - balance.counts.stored, unit: '', goal: 0 },
    { what: `${after}: doubled`, value: total - letters, unit: '', goal: 0 },
    { what: 'console open again after a kill, p95', value: percentile(reopened, 0.95), unit: 'ms' },
  ];
}
