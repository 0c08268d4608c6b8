import {
  addFolder,
  createMailbox,
  type StoredFolder,
  type StoredItem,
  type StoredMailbox,
} from '../exchange/mailboxes.ts';

/** A mailbox of Exchange as Graph shows it: with a dumpster, and letters that keep their names. */
export function createGraphMailbox(address: string): StoredMailbox {
  const mailbox = createMailbox(address);
  addFolder(mailbox, { parentId: '', name: 'Deletions', distinguished: 'recoverableitemsdeletions' });
  addFolder(mailbox, { parentId: '', name: 'Purges', distinguished: 'recoverableitemspurges' });
  return mailbox;
}

export function folderOf({ folders }: StoredMailbox, id: string): StoredFolder | null {
  return folders.get(id) ?? [...folders.values()].find(({ distinguished }) => distinguished === id) ?? null;
}

export function childrenOf({ folders }: StoredMailbox, parentId: string): readonly StoredFolder[] {
  return [...folders.values()].filter(
    (folder) => folder.parentId === parentId && !/^(IPF\.(Appointment|Contact)|hidden)/.test(folder.folderClass),
  );
}

export function letterIn({ folders }: StoredMailbox, id: string) {
  for (const folder of folders.values()) {
    const item = folder.items.get(id);
    if (item) return { folder, item };
  }
  return null;
}

/** It keeps its name there. */
export function relocate(from: StoredFolder, to: StoredFolder, item: StoredItem): void {
  from.items.delete(item.id);
  from.log.push({ kind: 'gone', id: item.id });
  to.items.set(item.id, item);
  to.log.push({ kind: 'put', id: item.id });
}
