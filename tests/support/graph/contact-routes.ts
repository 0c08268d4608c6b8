import type { StoredContact } from '../exchange/contacts.ts';
import { distinguishedFolder, type StoredItem } from '../exchange/mailboxes.ts';
import { type GraphAnswer, type GraphAsked, type Route, refused } from './routes.ts';

/** The resource `contact`, as far as it is spoken of here. */
function properties({ id, changeKey }: StoredItem, contact: StoredContact): Readonly<Record<string, unknown>> {
  const orNull = (text: string | undefined) => text || null;
  const numbers = (...keys: string[]) => keys.flatMap((key) => contact.phones[key] ?? []);
  return {
    id,
    changeKey,
    displayName: orNull(contact.displayName),
    fileAs: orNull(contact.fileAs),
    companyName: orNull(contact.companyName),
    department: orNull(contact.department),
    jobTitle: orNull(contact.jobTitle),
    emailAddresses: Object.values(contact.addresses).map((address) => ({ name: address, address })),
    businessPhones: numbers('BusinessPhone', 'BusinessPhone2'),
    mobilePhone: orNull(contact.phones.MobilePhone),
    homePhones: numbers('HomePhone', 'HomePhone2'),
  };
}

/** Null: something was asked for that a contact has not got. */
function contactJson(item: StoredItem, select: string): object | null {
  if (!item.contact) return null;
  const all = properties(item, item.contact);
  const names = ['id', ...select.split(',')];
  return names.every((name) => Object.hasOwn(all, name))
    ? Object.fromEntries(names.map((name) => [name, all[name]]))
    : null;
}

/** A token: a place among the people (`start`) or in what happened (`since`), and the properties that were chosen first. */
const tokenWords = /^(start|since)-(\d+)-(\d+)-(\d+)-([\w,]*)$/;

/** At first whole, later with what has changed alone; as the service may do it. */
function delta({ mailbox, ids, query, pageSize, link }: GraphAsked): GraphAnswer {
  const folder = distinguishedFolder(mailbox, 'contacts');
  if (ids[0] !== folder.id) return refused(404, 'ErrorFolderNotFound');
  const token = query.get('$skiptoken') ?? query.get('$deltatoken');
  const first = ['', 'start', folder.age, 0, folder.log.length, query.get('$select') ?? 'displayName'];
  const [, kind, age, at, reached, select = ''] = token === null ? first : (token.match(tokenWords) ?? []);
  if (Number(age) !== folder.age) return refused(410, 'syncStateNotFound');
  const from = Number(at);
  const answerWith = (value: readonly (object | null)[], words: string, more: boolean): GraphAnswer => {
    if (value.includes(null)) return refused(400, 'RequestBroker--ParseUri');
    const name = more ? '@odata.nextLink' : '@odata.deltaLink';
    const next = encodeURIComponent(`${words}-${select}`);
    return { status: 200, json: { value, [name]: link(`${more ? '$skiptoken' : '$deltatoken'}=${next}`) } };
  };
  if (kind === 'start') {
    const people = [...folder.items.values()];
    const more = from + pageSize < people.length;
    const value = people.slice(from, from + pageSize).map((item) => contactJson(item, String(select)));
    return answerWith(value, more ? `start-${age}-${from + pageSize}-${reached}` : `since-${age}-${reached}-0`, more);
  }
  const part = folder.log.slice(from, from + pageSize);
  const value = [...new Set(part.map(({ id }) => id))].map((id) => {
    const item = folder.items.get(id);
    return item ? contactJson(item, 'displayName') : { id, '@removed': { reason: 'deleted' } };
  });
  return answerWith(value, `since-${age}-${from + part.length}-0`, from + part.length < folder.log.length);
}

function list({ mailbox, query, pageSize, link }: GraphAsked): GraphAnswer {
  const { id: parentFolderId, items } = distinguishedFolder(mailbox, 'contacts');
  const from = Number(query.get('$skip') ?? 0);
  const most = Math.min(Number(query.get('$top') ?? 10), pageSize);
  const select = query.get('$select') ?? 'displayName';
  const value = [...items.values()]
    .slice(from, from + most)
    .map((item) => (select === 'parentFolderId' ? { id: item.id, parentFolderId } : contactJson(item, select)));
  if (value.includes(null)) return refused(400, 'RequestBroker--ParseUri');
  const next = new URLSearchParams(query);
  next.set('$skip', String(from + most));
  return { status: 200, json: { value, ...(from + most < items.size ? { '@odata.nextLink': link(`${next}`) } : {}) } };
}

/** All that the program may ask of an address book. */
export const contactRoutes: readonly Route[] = [
  {
    name: 'contacts',
    method: 'GET',
    path: /^\/contacts$/,
    options: ['$select', '$top', '$skip'],
    tells: 'Contact',
    answer: list,
  },
  {
    name: 'contactDelta',
    method: 'GET',
    path: /^\/contactFolders\/([^/]+)\/contacts\/delta$/,
    options: ['$select', '$skiptoken', '$deltatoken'],
    tells: 'Contact',
    answer: delta,
  },
  {
    name: 'contact',
    method: 'GET',
    path: /^\/contacts\/([^/]+)$/,
    options: ['$select'],
    tells: 'Contact',
    answer: ({ mailbox, ids, query }) => {
      const item = distinguishedFolder(mailbox, 'contacts').items.get(ids[0] ?? '');
      const json = item && contactJson(item, query.get('$select') ?? 'displayName');
      if (!item?.contact) return refused(404, 'ErrorItemNotFound');
      return json ? { status: 200, json } : refused(400, 'RequestBroker--ParseUri');
    },
  },
];
