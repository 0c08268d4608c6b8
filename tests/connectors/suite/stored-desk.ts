import {
  addFolder,
  addItem,
  moveItem,
  removeItem,
  type StoredFolder,
  type StoredItem,
  type StoredMailbox,
} from '../../support/exchange/mailboxes.ts';
import { type Desk, isNamed } from './desk.ts';

/** What somebody else does in a mailbox of the doubles, which keep Exchange's and Graph's letters alike. */
export function inStoredMailbox(
  mailbox: StoredMailbox,
): Pick<Desk, 'put' | 'held' | 'takeAway' | 'moveAway' | 'removeFolder'> {
  const root = [...mailbox.folders.values()].find(({ distinguished }) => distinguished === 'msgfolderroot');
  const inbox = [...mailbox.folders.values()].find(({ distinguished }) => distinguished === 'inbox');
  if (!root || !inbox) throw new Error('a mailbox has its root and its inbox');
  const within = (parent: StoredFolder, name: string) =>
    [...mailbox.folders.values()].find((one) => one.parentId === parent.id && one.name === name);
  const find = (path: string): StoredFolder | undefined => {
    const [first = '', ...rest] = path.split('/');
    let found: StoredFolder | undefined = first.toUpperCase() === 'INBOX' ? inbox : within(root, first);
    for (const name of rest) found = found && within(found, name);
    return found;
  };
  const made = (path: string): StoredFolder => {
    const there = find(path);
    if (there) return there;
    const [, parent, name = path] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
    return addFolder(mailbox, { parentId: parent === undefined ? root.id : made(parent).id, name });
  };
  const letter = (path: string, subject: string): readonly [StoredFolder, StoredItem] => {
    const folder = made(path);
    const item = [...folder.items.values()].find(({ raw }) => isNamed(subject, raw));
    if (!item) throw new Error(`no letter ${subject}`);
    return [folder, item];
  };
  return {
    async put(path, letters) {
      for (const raw of letters) addItem(made(path), { raw });
    },
    held: async (path) => {
      const folder = find(path);
      return folder ? [...folder.items.values()].map(({ raw, isRead }) => ({ raw, seen: isRead })) : null;
    },
    async takeAway(path, subject) {
      const [folder, { id }] = letter(path, subject);
      removeItem(folder, id);
    },
    async moveAway(path, subject, target) {
      const [folder, { id }] = letter(path, subject);
      moveItem(folder, made(target), id);
    },
    async removeFolder(path) {
      mailbox.folders.delete(made(path).id);
    },
  };
}
