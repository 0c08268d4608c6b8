import { createHash } from 'node:crypto';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addFolder, addItem, moveItem, removeItem, type StoredFolder, setRead } from '../support/exchange/mailboxes.ts';
import { type Arrival, type Change, type ChangeOfOne, type CopyId, contentKey, placeKey } from './changes.ts';
import { arrivalOf, letterBytes, serialOf } from './letters.ts';
import { allFolders, modelMailboxes } from './scope.ts';
import type { FolderView, ModelServer, World } from './world.ts';

interface Lodging {
  readonly user: string;
  readonly folder: string;
  /** What Exchange calls it there. */
  readonly itemId: string;
  /** The double knows no flags but the one of reading. */
  readonly flagged: boolean;
}

export const exchangePassword = 'secret';
export const exchangeAddress = (user: string): string => `${user}@company.example`;

/** An Exchange in memory, with an account for each user: what a server would be asked to do is done to its folders. */
export function exchangeServer(double: ExchangeDouble, run: string): ModelServer {
  const mailboxes = modelMailboxes(run, 'ews');
  const users = mailboxes.map(({ user }) => user);
  return { mailboxes, port: double.port, open: async () => openWorld(double, users) };
}

function openWorld(double: ExchangeDouble, users: readonly string[]): World {
  const folders = createFolders(double, users);
  const lodgings = new Map<CopyId, Lodging>();
  const contents = new Map<string, string>();
  /** Letters that nobody but the console can have put there, counted through. */
  const strange = new Map<number, string>();

  const arrive = (letters: readonly Arrival[]): void => {
    for (const { letter, places } of letters)
      for (const { copy, user, folder } of places) {
        const raw = letterBytes(letter);
        const { id } = addItem(folders.of(user, folder), { raw, receivedAt: arrivalOf(letter.serial).getTime() });
        contents.set(contentKey(user, letter.serial), createHash('sha256').update(raw).digest('hex'));
        lodgings.set(copy, { user, folder, itemId: id, flagged: false });
      }
  };

  const renumber = (user: string, folder: string, how: 'uidlist' | 'recreated'): void => {
    const names = folders.rename(user, folder, how);
    for (const [copy, lodging] of lodgings) {
      const itemId = names.get(lodging.itemId);
      if (itemId !== undefined) lodgings.set(copy, { ...lodging, itemId });
    }
  };

  const applyTo = (change: ChangeOfOne): boolean => {
    const copy = change.kind === 'copy' ? change.from : change.copy;
    const lodging = lodgings.get(copy);
    const folder = lodging && folders.of(lodging.user, lodging.folder);
    const item = lodging && folder?.items.get(lodging.itemId);
    if (!lodging || !folder || !item) return false;
    if (change.kind === 'delete') {
      removeItem(folder, item.id);
      lodgings.delete(copy);
    } else if (change.kind === 'flag') {
      if (change.flag === '\\Seen') setRead(folder, item.id, change.set);
      else lodgings.set(copy, { ...lodging, flagged: change.set });
    } else {
      const to = folders.of(lodging.user, change.folder);
      const there = change.kind === 'move' ? moveItem(folder, to, item.id) : addItem(to, item);
      lodgings.set(change.copy, { ...lodging, folder: change.folder, itemId: there?.id ?? '' });
    }
    return true;
  };

  const view = (user: string, folder: string): FolderView => {
    const copies = new Map<CopyId, { seen: boolean; flagged: boolean }>();
    const left = new Map(folders.of(user, folder).items);
    for (const [copy, { user: owner, folder: at, itemId, flagged }] of lodgings) {
      const item = owner === user && at === folder ? left.get(itemId) : undefined;
      if (item === undefined) continue;
      copies.set(copy, { seen: item.isRead, flagged });
      left.delete(itemId);
    }
    const unknown = [...left.values()].map(({ id, raw, isRead }) => {
      const uid = strange.size + 1;
      strange.set(uid, id);
      return { uid, serial: serialOf(raw), seen: isRead };
    });
    return { user, folder, copies, unknown };
  };

  return {
    contents,
    async apply(change: Change) {
      if (change.kind === 'arrive') arrive(change.letters);
      else if (change.kind === 'renumber') renumber(change.user, change.folder, change.how);
      else return applyTo(change);
      return true;
    },
    observe: async () => users.flatMap((user) => allFolders.map((folder) => view(user, folder))),
    found(copy, place, uid) {
      const flagged = lodgings.get(copy)?.flagged ?? false;
      lodgings.set(copy, { ...place, itemId: strange.get(uid) ?? '', flagged });
    },
    gone: (copy) => void lodgings.delete(copy),
    async [Symbol.asyncDispose]() {},
  };
}

function createFolders(double: ExchangeDouble, users: readonly string[]) {
  const folders = new Map<string, StoredFolder>();
  const create = (user: string, name: string): StoredFolder => {
    const parentId = double.folder(exchangeAddress(user), 'msgfolderroot').id;
    return addFolder(double.mailbox(exchangeAddress(user)), { parentId, name });
  };
  for (const user of users)
    for (const folder of allFolders)
      folders.set(
        placeKey(user, folder),
        folder === 'INBOX' ? double.folder(exchangeAddress(user)) : create(user, folder),
      );
  const of = (user: string, folder: string): StoredFolder => {
    const found = folders.get(placeKey(user, folder));
    if (found === undefined) throw new Error(`no folder ${folder} of ${user}`);
    return found;
  };
  return {
    of,
    /** The new name of each. `uidlist`: as after a move of the mailbox to another database, no SyncState means anything. */
    rename(user: string, folder: string, how: 'uidlist' | 'recreated'): ReadonlyMap<string, string> {
      const before = of(user, folder);
      const after = how === 'recreated' ? create(user, folder) : before;
      const names = new Map<string, string>();
      for (const item of [...before.items.values()]) {
        removeItem(before, item.id);
        names.set(item.id, addItem(after, item).id);
      }
      if (how === 'uidlist') before.age += 1;
      else double.mailbox(exchangeAddress(user)).folders.delete(before.id);
      folders.set(placeKey(user, folder), after);
      return names;
    },
  };
}
