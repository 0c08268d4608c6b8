import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Store } from '../store/store.ts';

/** A crash leaves a lease behind: whoever waits gets the mailbox after this time at most, well within a minute. */
const lifetime = 45_000;
/** Three chances to renew before it runs out. */
const renewEvery = 15_000;

/** The right to work on a mailbox, in a store that several consoles may have open. */
export interface Lease {
  /** Aborts when somebody else has it: what runs has no right to go on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface LeaseParts {
  readonly store: Pick<Store, 'call'>;
  /** One for each console that runs. */
  readonly owner: string;
  readonly now: () => number;
}

/** Null: another console works on it. */
export async function takeLease(mailboxId: MailboxId, { store, owner, now }: LeaseParts): Promise<Lease | null> {
  const take = () => store.call('leases.take', { mailboxId, owner, now: now(), until: now() + lifetime });
  if ((await take()).by !== null) return null;
  const lost = new AbortController();
  const renew = async () => {
    const { by } = await take();
    if (by !== null) lost.abort();
  };
  // A store that is away is away for the other console as well; the next renewal finds out.
  const timer = setInterval(() => void renew().catch(() => undefined), renewEvery);
  timer.unref();
  return {
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      // One that cannot be given back runs out.
      await store.call('leases.release', { mailboxId, owner }).catch(() => undefined);
    },
  };
}
