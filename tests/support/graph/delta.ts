import type { StoredFolder, StoredItem } from '../exchange/mailboxes.ts';

/** A token: `start` counts letters told so far, `since` places in what happened. */
const tokenWords = /^(start|since)-(\d+)-(\d+)-(\d+)$/;

export const letterJson = (item: StoredItem, folder: StoredFolder) => ({
  '@odata.etag': `W/"${item.changeKey}"`,
  id: item.id,
  parentFolderId: folder.id,
  receivedDateTime: new Date(item.receivedAt).toISOString(),
  isRead: item.isRead,
  singleValueExtendedProperties: [{ id: 'Integer 0xe08', value: String(item.raw.length + 300) }],
});

export interface DeltaPage {
  readonly value: readonly object[];
  /** Where it goes on: the next page, or the next time. */
  readonly next: { readonly kind: 'skiptoken' | 'deltatoken'; readonly token: string };
}

/** Null: the token means nothing any more. */
export function deltaPage(folder: StoredFolder, token: string | null, most: number): DeltaPage | null {
  const [, kind = 'start', age = String(folder.age), at = '0', end = String(folder.log.length)] =
    token === null ? [] : (token.match(tokenWords) ?? ['', '', '-1']);
  if (Number(age) !== folder.age) return null;
  return kind === 'start' ? firstPage(folder, Number(at), Number(end), most) : laterPage(folder, Number(at), most);
}

function firstPage(folder: StoredFolder, at: number, end: number, most: number): DeltaPage {
  const items = [...folder.items.values()];
  const value = items.slice(at, at + most).map((item) => letterJson(item, folder));
  return at + most < items.length
    ? { value, next: { kind: 'skiptoken', token: `start-${folder.age}-${at + most}-${end}` } }
    : { value, next: { kind: 'deltatoken', token: `since-${folder.age}-${end}-0` } };
}

/** What only changed is told by its change alone. */
function laterPage(folder: StoredFolder, at: number, most: number): DeltaPage {
  const part = folder.log.slice(at, at + most);
  const value = [...new Set(part.map(({ id }) => id))].map((id) => {
    const item = folder.items.get(id);
    if (!item) return { id, '@removed': { reason: 'deleted' } };
    return part.some((entry) => entry.id === id && entry.kind === 'put')
      ? letterJson(item, folder)
      : { '@odata.type': '#microsoft.graph.message', id, isRead: item.isRead };
  });
  const reached = at + part.length;
  const kind = reached < folder.log.length ? 'skiptoken' : 'deltatoken';
  return { value, next: { kind, token: `since-${folder.age}-${reached}-0` } };
}
