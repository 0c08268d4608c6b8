import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { SignIn } from '../connectors/connectors.ts';
import type { HierarchyMemory, ItemMemory, ItemsChange, KnownItem, NameMemory } from '../connectors/name-memory.ts';
import type { ItemColumns } from '../store/api/items.ts';
import type { Store } from '../store/store.ts';

type Asked = Pick<Store, 'call'>;

/** What letters are called on a server without numbers, kept with the mailbox. */
export function nameMemory(store: Asked, mailboxId: MailboxId, signIn: SignIn): NameMemory {
  const source = sourceOf(signIn);
  const known = recollection(store, mailboxId);
  return {
    numberUidls: (uidls, signal) => store.call('uidls.number', { mailboxId, source, uidls: [...uidls] }, signal),
    items: {
      ...known.items,
      keep: (path, change, signal) => store.call('items.keep', { mailboxId, path, ...columnsOfChange(change) }, signal),
    },
    hierarchy: {
      ...known.hierarchy,
      keep: (hierarchy, signal) => store.call('hierarchies.keep', { mailboxId, hierarchy }, signal),
    },
  };
}

/** The same for a look: what is known is used, and nothing is kept beyond it. */
export function passingMemory(store: Asked, mailboxId: MailboxId, signIn: SignIn): NameMemory {
  const source = sourceOf(signIn);
  const known = recollection(store, mailboxId);
  return {
    numberUidls: (uidls, signal) => store.call('uidls.preview', { mailboxId, source, uidls: [...uidls] }, signal),
    items: { ...known.items, keep: async () => false },
    hierarchy: { ...known.hierarchy, keep: async () => {} },
  };
}

const sourceOf = ({ endpoint: { login, host } }: SignIn): string => `${login}@${host.toLowerCase()}`;

/** What both read. */
function recollection(store: Asked, mailboxId: MailboxId) {
  const items: Pick<ItemMemory, 'numbering' | 'recall'> = {
    numbering: (path, signal) => store.call('items.numbering', { mailboxId, path }, signal),
    recall: async (path, signal) => itemsOf(await store.call('items.recall', { mailboxId, path }, signal)),
  };
  const hierarchy: Pick<HierarchyMemory, 'recall'> = {
    recall: (signal) => store.call('hierarchies.recall', { mailboxId }, signal),
  };
  return { items, hierarchy };
}

function itemsOf({ uids, ids, seen, receivedAt, sizes }: ItemColumns): readonly KnownItem[] {
  return ids.map((id, at) => ({
    uid: uids[at] ?? 0,
    id,
    seen: seen[at] === 1,
    receivedAt: receivedAt[at] ?? 0,
    size: sizes[at] ?? 0,
  }));
}

function columnsOfChange({ after, numbering, replace, put, gone }: ItemsChange) {
  return {
    after,
    numbering,
    replace,
    put: {
      uids: Uint32Array.from(put, ({ uid }) => uid),
      ids: put.map(({ id }) => id),
      seen: Uint8Array.from(put, ({ seen }) => (seen ? 1 : 0)),
      receivedAt: put.map(({ receivedAt }) => receivedAt),
      sizes: put.map(({ size }) => size),
    },
    gone: Uint32Array.from(gone),
  };
}
