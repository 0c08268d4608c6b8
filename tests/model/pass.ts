import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { FaultProxy } from '../support/fault-proxy.ts';
import { type Change, type Fault, nothing } from './changes.ts';
import type { ConsoleLife } from './console-life.ts';
import type { ConsoleProcess } from './console-process.ts';

export interface PassEnd {
  /** Null: the console was killed, or could not say. */
  readonly reports: readonly LoadReport[] | null;
  readonly killed: boolean;
  readonly storeKilled: boolean;
  /** The changes that were to come meanwhile, came. */
  readonly met: boolean;
  /** What loading must never answer. */
  readonly defect: string | null;
}

interface Stage {
  readonly life: ConsoleLife;
  readonly mailboxes: ReadonlyMap<string, MailboxId>;
  readonly proxy: FaultProxy;
  /** Does them to the server. */
  readonly change: (changes: readonly Change[]) => Promise<void>;
}

/** One pass of the console over all its mailboxes, and what befalls it meanwhile. */
export async function runPass({ life, mailboxes, proxy, change }: Stage, fault: Fault = nothing): Promise<PassEnd> {
  const console = await life.running();
  let changed: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  console.arm('at' in fault ? fault.at : null, actOf(fault));
  if (fault.kind === 'meanwhile')
    console.onReached(() => {
      changed = change(fault.changes).finally(() => console.release());
    });
  if (fault.kind === 'line') proxy.set({ kind: fault.how, afterBytes: fault.afterBytes });
  if (fault.kind === 'kill-after') timer = setTimeout(() => void console.kill(), fault.milliseconds);
  const only = fault.kind === 'meanwhile' ? mailboxes.get(fault.user) : undefined;
  const { reports, defect } = await load(console, only === undefined ? null : [only]);
  clearTimeout(timer);
  proxy.set({ kind: 'none' });
  await changed;
  if (fault.kind === 'meanwhile' && changed === null) await change(fault.changes);
  const storeKilled = fault.kind === 'kill-store' && console.reached();
  if (storeKilled) life.storeKilled();
  const killed = !console.alive();
  if (!killed) console.arm(null, 'hold');
  return { reports, killed, storeKilled, met: changed !== null, defect: killed ? null : defect };
}

const actOf = (fault: Fault) => (fault.kind === 'kill' ? 'kill' : fault.kind === 'kill-store' ? 'kill-store' : 'hold');

async function load(
  console: ConsoleProcess,
  mailboxIds: MailboxId[] | null,
): Promise<Pick<PassEnd, 'reports' | 'defect'>> {
  try {
    return { reports: await console.call('loading.run', { mailboxIds }), defect: null };
  } catch (error) {
    const gone = isAppError(error, 'store.unavailable');
    return { reports: null, defect: gone ? null : `loading.run failed: ${error}` };
  }
}
