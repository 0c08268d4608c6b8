import {
  addFolder,
  addItem,
  distinguishedFolder,
  type StoredFolder,
  type StoredMailbox,
  setRead,
} from '../exchange/mailboxes.ts';
import type { MeetingAnswered } from '../exchange/meetings.ts';
import { deltaPage, letterJson } from './delta.ts';
import { childrenOf, folderOf, letterIn, relocate } from './graph-mailbox.ts';

export interface GraphAnswer {
  readonly status: number;
  readonly json?: object;
  readonly bytes?: Buffer;
}

export interface GraphAsked {
  readonly mailbox: StoredMailbox;
  readonly mailboxes: ReadonlyMap<string, StoredMailbox>;
  /** What the path names, decoded. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly answers: MeetingAnswered[];
  readonly body: string;
  readonly pageSize: number;
  /** Of this place with another query. */
  link(query: string): string;
}

export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** Query options that are known; others are a fault of who asks. */
  readonly options: readonly string[];
  /** Among questions at one place, which of them it is. */
  readonly query?: RegExp;
  readonly contentType?: string;
  /** The published type of what is told; of a list, of its entries. */
  readonly tells?: string;
  /** That of what is sent; of an action, which has none, its parameters. */
  readonly sends?: string | Readonly<Record<string, string>>;
  readonly answer: (asked: GraphAsked) => GraphAnswer;
}

export const refused = (status: number, code: string): GraphAnswer => ({
  status,
  json: { error: { code, message: `${code} was said.`, innerError: { 'request-id': '0' } } },
});
const gone = refused(404, 'ErrorItemNotFound');

const folderJson = (mailbox: StoredMailbox, folder: StoredFolder) => ({
  ...(folder.folderClass === 'search' ? { '@odata.type': '#microsoft.graph.mailSearchFolder' } : {}),
  id: folder.id,
  displayName: folder.name,
  parentFolderId: folder.parentId,
  childFolderCount: childrenOf(mailbox, folder.id).length,
  isHidden: false,
});

function folderPage({ mailbox, query, pageSize, link }: GraphAsked, parentId: string): GraphAnswer {
  const all = childrenOf(mailbox, parentId);
  const from = Number(query.get('$skip') ?? 0);
  const most = Math.min(Number(query.get('$top') ?? 10), pageSize);
  const value = all.slice(from, from + most).map((folder) => folderJson(mailbox, folder));
  const more = from + most < all.length ? { '@odata.nextLink': link(`$top=${most}&$skip=${from + most}`) } : {};
  return { status: 200, json: { value, ...more } };
}

function listPage({ query, pageSize, link }: GraphAsked, folder: StoredFolder): GraphAnswer {
  const [, since] = query.get('$filter')?.match(/^receivedDateTime ge ([\d-]{10}T[\d:.]+Z)$/) ?? [];
  const understood = query.get('$orderby') === 'receivedDateTime' && query.has('$filter') === (since !== undefined);
  if (!understood) return refused(400, 'ErrorInvalidUrlQuery');
  const all = [...folder.items.values()]
    .filter(({ receivedAt }) => since === undefined || receivedAt >= Date.parse(since))
    .sort((one, other) => one.receivedAt - other.receivedAt);
  const from = Number(query.get('$skip') ?? 0);
  const most = Math.min(Number(query.get('$top') ?? 10), pageSize);
  const value = all.slice(from, from + most).map((item) => letterJson(item, folder));
  const next = new URLSearchParams(query);
  next.set('$skip', String(from + most));
  return { status: 200, json: { value, ...(from + most < all.length ? { '@odata.nextLink': link(`${next}`) } : {}) } };
}

function inFolder(asked: GraphAsked, work: (folder: StoredFolder) => GraphAnswer): GraphAnswer {
  const folder = folderOf(asked.mailbox, asked.ids[0] ?? '');
  return folder ? work(folder) : gone;
}

function ofLetter(asked: GraphAsked, work: (found: NonNullable<ReturnType<typeof letterIn>>) => GraphAnswer) {
  const found = letterIn(asked.mailbox, asked.ids[0] ?? '');
  return found ? work(found) : gone;
}

function createIn({ mailbox, body }: GraphAsked, parentId: string): GraphAnswer {
  const { displayName: name } = JSON.parse(body) as { readonly displayName: string };
  if (childrenOf(mailbox, parentId).some((folder) => folder.name === name)) return refused(409, 'ErrorFolderExists');
  return { status: 201, json: folderJson(mailbox, addFolder(mailbox, { parentId, name })) };
}

const rootOf = (mailbox: StoredMailbox): string => distinguishedFolder(mailbox, 'msgfolderroot').id;
const letterOptions = ['$select', '$expand'];
const folderOptions = ['$select', '$top', '$skip'];

/** All that the program may ask; anything else is unknown to the service. */
export const routes: readonly Route[] = [
  {
    name: 'folders',
    method: 'GET',
    path: /^\/mailFolders$/,
    options: folderOptions,
    tells: 'MailFolder',
    answer: (asked) => folderPage(asked, rootOf(asked.mailbox)),
  },
  {
    name: 'folders',
    method: 'GET',
    path: /^\/mailFolders\/([^/]+)\/childFolders$/,
    options: folderOptions,
    tells: 'MailFolder',
    answer: (asked) => inFolder(asked, ({ id }) => folderPage(asked, id)),
  },
  {
    name: 'folder',
    method: 'GET',
    path: /^\/mailFolders\/([^/]+)$/,
    options: ['$select'],
    tells: 'MailFolder',
    answer: (asked) => inFolder(asked, (folder) => ({ status: 200, json: folderJson(asked.mailbox, folder) })),
  },
  {
    name: 'delta',
    method: 'GET',
    path: /^\/mailFolders\/([^/]+)\/messages\/delta$/,
    options: [...letterOptions, '$skiptoken', '$deltatoken'],
    tells: 'Message',
    answer: (asked) =>
      inFolder(asked, (folder) => {
        const token = asked.query.get('$skiptoken') ?? asked.query.get('$deltatoken');
        const page = deltaPage(folder, token, asked.pageSize);
        if (page === null) return refused(410, 'syncStateNotFound');
        const { kind, token: next } = page.next;
        const link = kind === 'skiptoken' ? '@odata.nextLink' : '@odata.deltaLink';
        return { status: 200, json: { value: page.value, [link]: asked.link(`$${kind}=${next}`) } };
      }),
  },
  {
    name: 'list',
    method: 'GET',
    path: /^\/mailFolders\/([^/]+)\/messages$/,
    query: /orderby/,
    options: [...letterOptions, '$filter', '$orderby', '$top', '$skip'],
    tells: 'Message',
    answer: (asked) => inFolder(asked, (folder) => listPage(asked, folder)),
  },
  {
    name: 'find',
    method: 'GET',
    path: /^\/mailFolders\/([^/]+)\/messages$/,
    options: ['$filter', '$select', '$top'],
    tells: 'Message',
    answer: (asked) =>
      inFolder(asked, (folder) => {
        const [, wanted] = asked.query.get('$filter')?.match(/^internetMessageId eq '(.*)'$/) ?? [];
        const name = wanted?.replaceAll("''", "'");
        const named = (raw: Buffer): boolean => raw.toString('latin1').includes(`Message-ID: ${name}\r\n`);
        const value = [...folder.items.values()].filter(({ raw }) => named(raw)).map(({ id }) => ({ id }));
        return wanted === undefined ? refused(400, 'ErrorInvalidUrlQuery') : { status: 200, json: { value } };
      }),
  },
  {
    name: 'letter',
    method: 'GET',
    path: /^\/messages\/([^/]+)$/,
    options: letterOptions,
    tells: 'Message',
    answer: (asked) =>
      ofLetter(asked, ({ item, folder }) => {
        const [header = ''] = item.raw.toString('latin1').split('\r\n\r\n');
        const internetMessageHeaders = header.split(/\r\n(?![ \t])/).map((line) => {
          const [name = '', value = ''] = line.split(/: (.*)/s);
          return { name, value };
        });
        return { status: 200, json: { ...letterJson(item, folder), internetMessageHeaders } };
      }),
  },
  {
    name: 'value',
    method: 'GET',
    path: /^\/messages\/([^/]+)\/\$value$/,
    options: [],
    answer: (asked) => ofLetter(asked, ({ item }) => ({ status: 200, bytes: item.raw })),
  },
  {
    name: 'patch',
    method: 'PATCH',
    path: /^\/messages\/([^/]+)$/,
    options: [],
    contentType: 'application/json',
    tells: 'Message',
    sends: 'Message',
    answer: (asked) =>
      ofLetter(asked, ({ item, folder }) => {
        const change = JSON.parse(asked.body) as { readonly isRead?: unknown };
        if (typeof change.isRead !== 'boolean' || Object.keys(change).length > 1) return refused(400, 'BadRequest');
        setRead(folder, item.id, change.isRead);
        return { status: 200, json: letterJson(item, folder) };
      }),
  },
  {
    name: 'move',
    method: 'POST',
    path: /^\/messages\/([^/]+)\/move$/,
    options: [],
    contentType: 'application/json',
    tells: 'Message',
    sends: { destinationId: 'string' },
    answer: (asked) =>
      ofLetter(asked, ({ item, folder }) => {
        const { destinationId } = JSON.parse(asked.body) as { readonly destinationId: string };
        const target = folderOf(asked.mailbox, destinationId);
        if (!target) return gone;
        relocate(folder, target, item);
        return { status: 201, json: letterJson(item, target) };
      }),
  },
  {
    name: 'permanentDelete',
    method: 'POST',
    path: /^\/messages\/([^/]+)\/permanentDelete$/,
    options: [],
    answer: (asked) =>
      ofLetter(asked, ({ item, folder }) => {
        if (asked.body !== '') return refused(400, 'BadRequest');
        relocate(folder, distinguishedFolder(asked.mailbox, 'recoverableitemspurges'), item);
        return { status: 204 };
      }),
  },
  {
    name: 'createFolder',
    method: 'POST',
    path: /^\/mailFolders$/,
    options: [],
    contentType: 'application/json',
    tells: 'MailFolder',
    sends: 'MailFolder',
    answer: (asked) => createIn(asked, rootOf(asked.mailbox)),
  },
  {
    name: 'createFolder',
    method: 'POST',
    path: /^\/mailFolders\/([^/]+)\/childFolders$/,
    options: [],
    contentType: 'application/json',
    tells: 'MailFolder',
    sends: 'MailFolder',
    answer: (asked) => inFolder(asked, ({ id }) => createIn(asked, id)),
  },
  {
    name: 'send',
    method: 'POST',
    path: /^\/sendMail$/,
    options: [],
    contentType: 'text/plain',
    answer: send,
  },
];

function send({ mailbox, mailboxes, body }: GraphAsked): GraphAnswer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body) || body.length % 4 !== 0)
    return refused(400, 'ErrorMimeContentInvalidBase64String');
  const raw = Buffer.from(body, 'base64');
  const [header = ''] = raw.toString('latin1').split('\r\n\r\n');
  const to = header.match(/^(?:To|Cc|Bcc):.*(?:\r\n[ \t].*)*/gim)?.join(',') ?? '';
  const addresses = to.match(/[^\s<>,:;"]+@[^\s<>,;"]+/g) ?? [];
  if (addresses.length === 0) return refused(400, 'ErrorInvalidRecipients');
  for (const address of addresses) {
    const found = mailboxes.get(address.toLowerCase());
    if (found) addItem(distinguishedFolder(found, 'inbox'), { raw });
  }
  addItem(distinguishedFolder(mailbox, 'sentitems'), { raw, isRead: true });
  return { status: 202 };
}
