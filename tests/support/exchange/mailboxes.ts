import { randomBytes } from 'node:crypto';
import type { StoredContact, StoredList } from './contacts.ts';
import type { StoredMeeting } from './meetings.ts';

export interface StoredItem {
  id: string;
  changeKey: string;
  readonly raw: Buffer;
  isRead: boolean;
  readonly receivedAt: number;
  /** Element of the schema: Message, MeetingRequest, Contact… */
  readonly element: string;
  readonly meeting?: StoredMeeting;
  readonly contact?: StoredContact;
  readonly list?: StoredList;
  /** ResponseCode for whoever asks for it; `part`: only with this property. */
  broken?: { readonly code: string; readonly part?: string };
}

export interface StoredFolder {
  readonly id: string;
  readonly parentId: string;
  name: string;
  readonly folderClass: string;
  /** `inbox`, `sentitems`…, or null. */
  readonly distinguished: string | null;
  readonly items: Map<string, StoredItem>;
  /** Occurrences that are there no more, with their series. */
  readonly removed: Map<string, string>;
  /** Everything that ever happened: places in it are SyncStates. */
  readonly log: { readonly kind: 'put' | 'read' | 'gone'; readonly id: string }[];
  /** SyncStates of another age mean nothing. */
  age: number;
}

/** What somebody was told of the folders, by id. */
export type ToldFolders = ReadonlyMap<string, { readonly name: string; readonly parentId: string }>;

export interface StoredMailbox {
  readonly address: string;
  readonly folders: Map<string, StoredFolder>;
  /** By SyncState of the hierarchy. */
  readonly told: Map<string, ToldFolders>;
}

const newId = (): string => `AAMk${randomBytes(24).toString('base64')}`;
const newKey = (): string => `CQAAAB${randomBytes(6).toString('base64')}`;

const usual: readonly (readonly [distinguished: string, name: string, folderClass: string])[] = [
  ['inbox', 'Входящие', 'IPF.Note'],
  ['sentitems', 'Отправленные', 'IPF.Note'],
  ['drafts', 'Черновики', 'IPF.Note'],
  ['deleteditems', 'Удалённые', 'IPF.Note'],
  ['junkemail', 'Нежелательная почта', 'IPF.Note'],
  ['outbox', 'Исходящие', 'IPF.Note'],
  ['calendar', 'Календарь', 'IPF.Appointment'],
  ['contacts', 'Контакты', 'IPF.Contact'],
];

export function createMailbox(address: string): StoredMailbox {
  const mailbox: StoredMailbox = { address, folders: new Map(), told: new Map() };
  const root = addFolder(mailbox, { parentId: '', name: 'root', distinguished: 'msgfolderroot' });
  for (const [distinguished, name, folderClass] of usual)
    addFolder(mailbox, { parentId: root.id, name, distinguished, folderClass });
  return mailbox;
}

export interface NewFolder {
  readonly parentId: string;
  readonly name: string;
  readonly distinguished?: string;
  readonly folderClass?: string;
}

export function addFolder(
  mailbox: StoredMailbox,
  { parentId, name, distinguished, folderClass }: NewFolder,
): StoredFolder {
  const folder: StoredFolder = {
    id: newId(),
    parentId,
    name,
    folderClass: folderClass ?? 'IPF.Note',
    distinguished: distinguished ?? null,
    items: new Map(),
    removed: new Map(),
    log: [],
    age: 1,
  };
  mailbox.folders.set(folder.id, folder);
  return folder;
}

export function distinguishedFolder(mailbox: StoredMailbox, name: string): StoredFolder {
  const found = [...mailbox.folders.values()].find(({ distinguished }) => distinguished === name.toLowerCase());
  if (!found) throw new Error(`no folder ${name}`);
  return found;
}

export interface NewItem {
  readonly raw: Buffer | string;
  readonly isRead?: boolean;
  readonly receivedAt?: number;
  readonly element?: string;
  readonly meeting?: StoredMeeting;
  readonly contact?: StoredContact;
  readonly list?: StoredList;
}

export function addItem(
  folder: StoredFolder,
  { raw, isRead = false, receivedAt = Date.now(), element = 'Message', ...more }: NewItem,
): StoredItem {
  const bytes = typeof raw === 'string' ? Buffer.from(raw, 'utf8') : raw;
  // An item that was elsewhere brings a name along, and gets another one.
  const named = { id: newId(), changeKey: newKey() };
  const item: StoredItem = { ...more, ...named, raw: bytes, isRead, receivedAt, element };
  folder.items.set(item.id, item);
  // Occurrences are told by their series.
  if (more.meeting?.series === undefined) folder.log.push({ kind: 'put', id: item.id });
  return item;
}

export function removeItem(folder: StoredFolder, id: string): StoredItem | null {
  const item = folder.items.get(id);
  if (!item) return null;
  folder.items.delete(id);
  if (item.meeting?.series !== undefined) folder.removed.set(id, item.meeting.series);
  folder.log.push({ kind: 'gone', id });
  return item;
}

export function setRead(folder: StoredFolder, id: string, isRead: boolean): void {
  const item = folder.items.get(id);
  if (!item || item.isRead === isRead) return;
  item.isRead = isRead;
  item.changeKey = newKey();
  folder.log.push({ kind: 'read', id });
}

/** As after a change of anything in it. */
export function touchItem(folder: StoredFolder, item: StoredItem): void {
  item.changeKey = newKey();
  folder.log.push({ kind: 'put', id: item.meeting?.series ?? item.id });
}

/** It gets another name there, as in Exchange. */
export function moveItem(from: StoredFolder, to: StoredFolder, id: string): StoredItem | null {
  const item = removeItem(from, id);
  return item && addItem(to, item);
}

/** All letters of a folder called otherwise, as after a move of the mailbox to another database. */
export function renameItems(folder: StoredFolder): void {
  for (const item of [...folder.items.values()]) {
    removeItem(folder, item.id);
    addItem(folder, item);
  }
}

export function findItem(
  mailboxes: Iterable<StoredMailbox>,
  id: string,
): { readonly folder: StoredFolder; readonly item: StoredItem } | null {
  for (const { folders } of mailboxes)
    for (const folder of folders.values()) {
      const item = folder.items.get(id);
      if (item) return { folder, item };
    }
  return null;
}
