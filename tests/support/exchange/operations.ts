import type { XmlElement, XmlNode } from 'libxml2-wasm';
import { contactXml, listXml } from './contacts.ts';
import { syncHierarchy } from './hierarchy.ts';
import {
  addFolder,
  addItem,
  distinguishedFolder,
  findItem,
  moveItem,
  removeItem,
  type StoredFolder,
  type StoredItem,
  type StoredMailbox,
  setRead,
} from './mailboxes.ts';
import { attachmentXml, type MeetingAnswered, meetingsWithin, meetingXml, takeAnswer } from './meetings.ts';
import { escapeXml, failed, folderXml, itemXml, namespaces, responses, succeeded } from './words.ts';

export interface Desk {
  readonly mailboxes: ReadonlyMap<string, StoredMailbox>;
  /** Whose sign-in asks. */
  readonly own: StoredMailbox;
  /** Mailboxes that this sign-in may open. */
  readonly mayOpen: (address: string) => boolean;
  /** The most changes that are told at once. */
  readonly pageSize: number;
  /** RequestServerVersion of the question. */
  readonly version: string;
  readonly sent: { readonly from: string; readonly raw: Buffer }[];
  readonly answers: MeetingAnswered[];
}

type Operation = (asked: XmlNode, desk: Desk) => string;

/** The answer's element, without the envelope. */
export const operations: Readonly<Record<string, Operation>> = {
  GetFolder: (asked, desk) =>
    responses(
      'GetFolder',
      folderIds(asked).map((id) => {
        const folder = folderAt(id, desk);
        return typeof folder === 'string'
          ? failed('GetFolder', folder)
          : succeeded('GetFolder', `<m:Folders>${folderXml(folder, fieldsOf(asked))}</m:Folders>`);
      }),
    ),
  SyncFolderHierarchy: (asked, desk) => {
    const root = folderAt(asked.get('./m:SyncFolderId/*', namespaces) as XmlElement, desk);
    const mailbox = typeof root === 'string' ? undefined : mailboxOf(root, desk);
    return syncHierarchy(asked, { mailbox, root, fields: fieldsOf(asked), pageSize: desk.pageSize });
  },
  SyncFolderItems: syncFolderItems,
  FindItem: (asked, desk) => (asked.get('./m:CalendarView', namespaces) ? findMeetings : findItems)(asked, desk),
  GetAttachment: (asked, desk) =>
    responses(
      'GetAttachment',
      find(asked, './/t:AttachmentId').map((id) => attachmentXml(fileNamed(id, desk))),
    ),
  GetItem: (asked, desk) =>
    responses(
      'GetItem',
      itemsAsked(asked, desk).map((found, at) => {
        if (found === null) return failed('GetItem', absence(asked, at, desk));
        if (isStrange(found.item, asked, desk)) return failed('GetItem', 'ErrorInvalidPropertyRequest');
        return itemMessage(found.item, fieldsOf(asked));
      }),
    ),
  UpdateItem: (asked, desk) =>
    responses(
      'UpdateItem',
      find(asked, './/t:ItemChange').map((change) => {
        const found = itemNamed(change.get('./t:ItemId', namespaces) as XmlElement, desk);
        if (found === null) return failed('UpdateItem', 'ErrorItemNotFound');
        const isRead = change.get('.//t:IsRead', namespaces)?.content;
        if (isRead !== undefined && !change.get(`.//t:SetItemField/t:${found.item.element}`, namespaces))
          return failed('UpdateItem', 'ErrorUpdatePropertyMismatch');
        if (isRead !== undefined) setRead(found.folder, found.item.id, isRead === 'true');
        return succeeded(
          'UpdateItem',
          `<m:Items>${itemXml(found.item, [])}</m:Items><m:ConflictResults><t:Count>0</t:Count></m:ConflictResults>`,
        );
      }),
    ),
  MoveItem: (asked, desk) => {
    const target = folderAt(asked.get('./m:ToFolderId/*', namespaces) as XmlElement, desk);
    return responses(
      'MoveItem',
      itemsAsked(asked, desk).map((found) => {
        if (typeof target === 'string') return failed('MoveItem', 'ErrorToFolderNotFound');
        const moved = found && moveItem(found.folder, target, found.item.id);
        return moved
          ? succeeded('MoveItem', `<m:Items>${itemXml(moved, [])}</m:Items>`)
          : failed('MoveItem', 'ErrorItemNotFound');
      }),
    );
  },
  DeleteItem: (asked, desk) =>
    responses(
      'DeleteItem',
      itemsAsked(asked, desk).map((found) => {
        if (found === null) return failed('DeleteItem', 'ErrorItemNotFound');
        removeItem(found.folder, found.item.id);
        return succeeded('DeleteItem', '');
      }),
    ),
  CreateFolder: (asked, desk) => {
    const parent = folderAt(asked.get('./m:ParentFolderId/*', namespaces) as XmlElement, desk);
    const name = asked.get('.//t:DisplayName', namespaces)?.content ?? '';
    const mailbox = typeof parent === 'string' ? undefined : mailboxOf(parent, desk);
    if (typeof parent === 'string' || !mailbox)
      return responses('CreateFolder', [failed('CreateFolder', 'ErrorParentFolderNotFound')]);
    if ([...mailbox.folders.values()].some((it) => it.parentId === parent.id && it.name === name))
      return responses('CreateFolder', [failed('CreateFolder', 'ErrorFolderExists')]);
    const made = addFolder(mailbox, { parentId: parent.id, name });
    return responses('CreateFolder', [succeeded('CreateFolder', `<m:Folders>${folderXml(made, [])}</m:Folders>`)]);
  },
  CreateItem: (asked, desk) => {
    const [reply] = find(asked, './m:Items/*[t:ReferenceItemId]');
    return reply ? answerMeeting(asked, reply, desk) : createItem(asked, desk);
  },
};

const find = (node: XmlNode, path: string): XmlElement[] => node.find(path, namespaces) as XmlElement[];

/** The first servers refuse an item of which a property is asked that its kind has not; later ones leave the property out. */
function isStrange({ element }: StoredItem, asked: XmlNode, { version }: Desk): boolean {
  const strict = version === 'Exchange2007_SP1' || version === 'Exchange2010';
  return strict && element === 'Item' && fieldsOf(asked).includes('message:IsRead');
}

/** What `AllProperties` stands for, as far as the double knows it. */
const allProperties = ['item:DateTimeReceived', 'item:Size', 'message:IsRead'];
const allOfFolders = ['folder:ParentFolderId', 'folder:FolderClass', 'folder:DisplayName'];
const fieldsOf = (asked: XmlNode): readonly string[] => {
  const named = find(asked, './/t:FieldURI | .//t:IndexedFieldURI').map((field) =>
    ['FieldURI', 'FieldIndex'].flatMap((part) => field.attr(part)?.value ?? []).join(' '),
  );
  const all = asked.get('.//t:BaseShape', namespaces)?.content === 'AllProperties';
  return all ? [...allProperties, ...allOfFolders, ...named] : named;
};
const folderIds = (asked: XmlNode): XmlElement[] => find(asked, './m:FolderIds/*');

/** The folder, or the ResponseCode of why not. */
function folderAt(id: XmlElement | null, desk: Desk): StoredFolder | string {
  if (id === null) return 'ErrorFolderNotFound';
  const named = id.attr('Id')?.value ?? '';
  if (id.name === 'FolderId') {
    for (const { folders } of desk.mailboxes.values()) {
      const folder = folders.get(named);
      if (folder) return folder;
    }
    return 'ErrorFolderNotFound';
  }
  const address = id.get('./t:Mailbox/t:EmailAddress', namespaces)?.content ?? desk.own.address;
  const mailbox = desk.mailboxes.get(address.toLowerCase());
  if (!mailbox) return 'ErrorNonExistentMailbox';
  return desk.mayOpen(mailbox.address) ? distinguishedFolder(mailbox, named) : 'ErrorAccessDenied';
}

function mailboxOf(folder: StoredFolder, desk: Desk): StoredMailbox | undefined {
  return [...desk.mailboxes.values()].find(({ folders }) => folders.has(folder.id));
}

function itemNamed(id: XmlElement, desk: Desk) {
  return findItem(desk.mailboxes.values(), id.attr('Id')?.value ?? '');
}

const itemsAsked = (asked: XmlNode, desk: Desk) =>
  find(asked, './m:ItemIds/*').map((id) => {
    if (id.name === 'ItemId') return itemNamed(id, desk);
    const occurrence = findItem(desk.mailboxes.values(), id.attr('OccurrenceId')?.value ?? '');
    const series = occurrence?.item.meeting?.series;
    return series === undefined ? occurrence : findItem(desk.mailboxes.values(), series);
  });

function findMeetings(asked: XmlNode, desk: Desk): string {
  const folder = folderAt(asked.get('./m:ParentFolderIds/*', namespaces) as XmlElement, desk);
  if (typeof folder === 'string') return responses('FindItem', [failed('FindItem', folder)]);
  const view = asked.get('./m:CalendarView', namespaces) as XmlElement;
  const at = (name: string) => Date.parse(view.attr(name)?.value ?? '');
  const all = meetingsWithin(folder, at('StartDate'), at('EndDate'));
  const page = all.slice(0, Number(view.attr('MaxEntriesReturned')?.value ?? 1000));
  const range = `TotalItemsInView="${all.length}" IncludesLastItemInRange="${page.length === all.length}"`;
  const items = page.map((item) => shownXml(item, fieldsOf(asked))).join('');
  return responses('FindItem', [
    succeeded('FindItem', `<m:RootFolder ${range}><t:Items>${items}</t:Items></m:RootFolder>`),
  ]);
}

function itemMessage(item: StoredItem, fields: readonly string[]): string {
  const { broken } = item;
  return broken && (broken.part === undefined || fields.includes(broken.part))
    ? failed('GetItem', broken.code)
    : succeeded('GetItem', `<m:Items>${shownXml(item, fields)}</m:Items>`);
}

/** An occurrence that its series has not got any more is no item that is not found. */
function absence(asked: XmlNode, at: number, desk: Desk): string {
  const id = find(asked, './m:ItemIds/*')[at];
  const named = (id?.attr('Id') ?? id?.attr('OccurrenceId'))?.value ?? '';
  const folders = [...desk.mailboxes.values()].flatMap((mailbox) => [...mailbox.folders.values()]);
  const isLeft = folders.some(({ items, removed }) => items.has(removed.get(named) ?? ''));
  return isLeft ? 'ErrorInvalidOperation' : 'ErrorItemNotFound';
}

function shownXml(item: StoredItem, fields: readonly string[]): string {
  if (item.meeting) return meetingXml(item, item.meeting, fields);
  if (item.contact) return contactXml(item, item.contact, fields);
  return item.list ? listXml(item, item.list, fields) : itemXml(item, fields);
}

function fileNamed(id: XmlElement, desk: Desk) {
  const [itemId = '', at = ''] = (id.attr('Id')?.value ?? '').split(' ');
  const file = findItem(desk.mailboxes.values(), itemId)?.item.meeting?.files[Number(at)];
  return file ? { ...file, id: id.attr('Id')?.value ?? '' } : null;
}

/** As Exchange does: the answer stands in the calendar, what is declined leaves it, and the organiser is told only where the answer is sent. */
function answerMeeting(asked: XmlNode, reply: XmlElement, desk: Desk): string {
  const found = itemNamed(reply.get('./t:ReferenceItemId', namespaces) as XmlElement, desk);
  const key = (reply.get('./t:ReferenceItemId', namespaces) as XmlElement).attr('ChangeKey')?.value ?? '';
  if (!found?.item.meeting) return responses('CreateItem', [failed('CreateItem', 'ErrorItemNotFound')]);
  if (key !== found.item.changeKey) return responses('CreateItem', [failed('CreateItem', 'ErrorStaleObject')]);
  const disposition = (asked as XmlElement).attr('MessageDisposition')?.value ?? '';
  const body = reply.get('./t:Body', namespaces)?.content ?? '';
  desk.answers.push({ answer: reply.name, subject: found.item.meeting.subject, disposition, body });
  takeAnswer(found.folder, found.item, reply.name);
  return responses('CreateItem', [succeeded('CreateItem', '<m:Items/>')]);
}

function findItems(asked: XmlNode, desk: Desk): string {
  const folder = folderAt(asked.get('./m:ParentFolderIds/*', namespaces) as XmlElement, desk);
  if (typeof folder === 'string') return responses('FindItem', [failed('FindItem', folder)]);
  const field = asked.get('./m:Restriction//t:FieldURI', namespaces) as XmlElement | null;
  // It searches for nothing else.
  if (field !== null && field.attr('FieldURI')?.value !== 'message:InternetMessageId') return notKnown('FindItem');
  const wanted = (asked.get('.//t:Constant', namespaces) as XmlElement | null)?.attr('Value')?.value ?? '';
  const found = [...folder.items.values()].filter(({ raw }) => raw.toString('latin1').includes(wanted));
  const items = found.map((item) => itemXml(item, fieldsOf(asked))).join('');
  const range = `IndexedPagingOffset="${found.length}" TotalItemsInView="${found.length}" IncludesLastItemInRange="true"`;
  return responses('FindItem', [
    succeeded('FindItem', `<m:RootFolder ${range}><t:Items>${items}</t:Items></m:RootFolder>`),
  ]);
}

function syncFolderItems(asked: XmlNode, desk: Desk): string {
  const folder = folderAt(asked.get('./m:SyncFolderId/*', namespaces) as XmlElement, desk);
  if (typeof folder === 'string') return responses('SyncFolderItems', [failed('SyncFolderItems', folder)]);
  const said = asked.get('./m:SyncState', namespaces)?.content;
  const from = said === undefined ? 0 : placeOf(folder, said);
  if (from === null) return responses('SyncFolderItems', [failed('SyncFolderItems', 'ErrorInvalidSyncStateData')]);
  const most = Math.min(desk.pageSize, Number(asked.get('./m:MaxChangesReturned', namespaces)?.content ?? 512));
  const page = folder.log.slice(from, from + most);
  const to = from + page.length;
  const seen = new Set<string>();
  const changes = page.flatMap((entry, at) => {
    if (seen.has(entry.id)) return [];
    seen.add(entry.id);
    return [
      changeXml(
        folder,
        entry.id,
        page.slice(at).filter(({ id }) => id === entry.id),
        fieldsOf(asked),
      ),
    ];
  });
  const state = Buffer.from(`${folder.id} ${folder.age} ${to}`).toString('base64');
  const rest = `<m:SyncState>${state}</m:SyncState><m:IncludesLastItemInRange>${to >= folder.log.length}</m:IncludesLastItemInRange>`;
  return responses('SyncFolderItems', [
    succeeded('SyncFolderItems', `${rest}<m:Changes>${changes.join('')}</m:Changes>`),
  ]);
}

function placeOf(folder: StoredFolder, state: string): number | null {
  const [id, age, place] = Buffer.from(state, 'base64').toString().split(' ');
  return id === folder.id && Number(age) === folder.age ? Number(place) : null;
}

function changeXml(
  folder: StoredFolder,
  id: string,
  entries: readonly { readonly kind: string }[],
  fields: readonly string[],
): string {
  const item = folder.items.get(id);
  if (!item) return `<t:Delete><t:ItemId Id="${escapeXml(id)}"/></t:Delete>`;
  if (entries.some(({ kind }) => kind === 'put')) return `<t:Create>${itemXml(item, fields)}</t:Create>`;
  return `<t:ReadFlagChange><t:ItemId Id="${escapeXml(id)}" ChangeKey="${item.changeKey}"/><t:IsRead>${item.isRead}</t:IsRead></t:ReadFlagChange>`;
}

const notKnown = (operation: string): string => responses(operation, [failed(operation, 'ErrorInvalidRequest')]);

function createItem(asked: XmlNode, desk: Desk): string {
  if (!asked.get('./m:Items/t:Message/t:MimeContent', namespaces)) return notKnown('CreateItem');
  const disposition = (asked as XmlElement).attr('MessageDisposition')?.value;
  const raw = Buffer.from(asked.get('.//t:MimeContent', namespaces)?.content ?? '', 'base64');
  const folder = folderAt(asked.get('./m:SavedItemFolderId/*', namespaces) as XmlElement | null, desk);
  if (typeof folder === 'string' && disposition !== 'SendOnly')
    return responses('CreateItem', [failed('CreateItem', folder)]);
  if (disposition !== 'SaveOnly') {
    desk.sent.push({ from: desk.own.address, raw });
    for (const address of recipientsOf(raw)) {
      const mailbox = desk.mailboxes.get(address);
      if (mailbox) addItem(distinguishedFolder(mailbox, 'inbox'), { raw });
    }
  }
  const saved: StoredItem | null = typeof folder === 'string' ? null : addItem(folder, { raw, isRead: true });
  const shown = disposition === 'SaveOnly' && saved ? itemXml(saved, []) : '';
  return responses('CreateItem', [succeeded('CreateItem', `<m:Items>${shown}</m:Items>`)]);
}

function recipientsOf(raw: Buffer): readonly string[] {
  const head =
    raw
      .toString('latin1')
      .split('\r\n\r\n', 1)[0]
      ?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  const lines = head.split('\r\n').filter((line) => /^(to|cc|bcc):/i.test(line));
  return lines.flatMap((line) => [...line.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address.toLowerCase()));
}
