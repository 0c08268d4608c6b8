import type { Seen, Sighting } from '../../src-main/store/api/ledger.ts';
import type { SortingDecision } from '../../src-main/store/api/tickets.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { FolderId, MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import type { FolderBalance, LedgerEntry, LedgerFilter } from '../../src-shared/domain/ledger.ts';
import { composeRaw } from './compose-raw.ts';
import { addMailbox } from './open-store.ts';

export interface Look extends Partial<Omit<Sighting, 'listed' | 'leave'>> {
  readonly beforePeriod?: readonly number[];
  readonly read?: readonly number[];
}

export interface SeenNumbers extends Omit<Seen, 'wanted' | 'troubled' | 'unexplained'> {
  readonly wanted: number[];
  readonly troubled: number[];
  readonly unexplained: number[];
}

/** A mailbox of its own in a store, with an inbox and an archive, and a loader's questions about them in few words. */
export interface LedgerDesk {
  readonly mailboxId: MailboxId;
  readonly inbox: FolderId;
  readonly archive: FolderId;
  /** A listing of the inbox, whole and under UIDVALIDITY 1 unless the look says otherwise. */
  see(listed: readonly number[], look?: Look): Promise<SeenNumbers>;
  /** Letters by UID and subject, unread, into the inbox; waits until they are parsed. */
  keep(letters: Readonly<Record<number, string>>, place?: Place): Promise<void>;
  entries(filter?: Partial<LedgerFilter>): Promise<LedgerEntry[]>;
  /** The row of a number, which must be there. */
  entry(uid: number, place?: Place): Promise<LedgerEntry>;
  /** The letter of a number, which must be stored. */
  messageOf(uid: number, place?: Place): Promise<MessageId>;
  balance(folderId?: FolderId): Promise<FolderBalance>;
  settle(decision: Pick<SortingDecision, 'messageId'> & Partial<SortingDecision>): Promise<void>;
}

export interface Place {
  readonly folderId?: FolderId;
  readonly uidValidity?: number;
  readonly seen?: boolean;
}

const receivedAt = Date.UTC(2026, 0, 5);

export async function openLedgerDesk(store: Store): Promise<LedgerDesk> {
  const { mailboxId, folders } = await addMailbox(store, `m${crypto.randomUUID()}@company.example`);
  const [inbox, archive] = folders as [FolderId, FolderId];
  const entries = (filter: Partial<LedgerFilter> = {}) =>
    store.call('ledger.list', {
      filter: { mailboxId, folderId: null, statuses: [], query: '', ...filter },
      before: null,
      limit: 500,
    });
  const entry = async (uid: number, { folderId = inbox, uidValidity = 1 }: Place = {}) => {
    const rows = await entries({ folderId });
    const found = rows.find((row) => row.uid === uid && row.uidValidity === uidValidity);
    if (!found) throw new Error(`no row for ${uid}`);
    return found;
  };
  return {
    mailboxId,
    inbox,
    archive,
    async see(listed, { beforePeriod = [], read = [], ...look } = {}) {
      const seen = await store.call('ledger.see', {
        ...{ folderId: inbox, uidValidity: 1, at: Date.now(), above: 0, judge: 'new', judgedBy: 'position/all' },
        ...{ loadSince: null, periodUid: 0, ...look },
        listed: Uint32Array.from(listed),
        leave: { beforePeriod: Uint32Array.from(beforePeriod), read: Uint32Array.from(read) },
      });
      const numbers = (uids: Uint32Array) => Array.from(uids);
      return {
        ...seen,
        wanted: numbers(seen.wanted),
        troubled: numbers(seen.troubled),
        unexplained: numbers(seen.unexplained),
      };
    },
    async keep(letters, { folderId = inbox, uidValidity = 1, seen = false } = {}) {
      const received = Object.entries(letters).map(([uid, subject]) => ({
        ...{ uid: Number(uid), seen, receivedAt: receivedAt + Number(uid) * 1000 },
        raw: composeRaw({ subject, messageId: `${subject.replaceAll(' ', '-')}@firma.example` }),
      }));
      await store.call('letters.store', { folderId, uidValidity, letters: received });
      await store.call('letters.settle', { mailboxId });
    },
    entries: async (filter) => [...(await entries(filter))],
    entry,
    async messageOf(uid, place) {
      const { messageId } = await entry(uid, place);
      if (messageId === null) throw new Error(`${uid} is not stored`);
      return messageId;
    },
    async balance(folderId = inbox) {
      const balances = await store.call('ledger.balances', { mailboxId });
      const found = balances.find((balance) => balance.folderId === folderId);
      if (!found) throw new Error('no balance');
      return found;
    },
    async settle(decision) {
      const outcome = { kind: 'kept', why: 'not-collecting' } as const;
      await store.call('sorting.settle', { outcome, effect: null, demo: false, ...decision });
    },
  };
}
