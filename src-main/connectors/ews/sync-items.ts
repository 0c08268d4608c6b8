import { isAppError } from '../../../src-shared/errors/errors.ts';
import type { FolderNews, ToldItem } from '../named-letters/merge-items.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';
import { readPages, unlessLost } from './sync-pages.ts';

/** What happened in a folder since `state`; all pages of it, so that nothing is known in halves. */
export function syncItems(
  session: Session,
  folderId: string,
  state: string | null,
  signal: AbortSignal,
): Promise<FolderNews> {
  const properties = [ews.ItemSchema.DateTimeReceived, ews.ItemSchema.Size, ews.EmailMessageSchema.IsRead];
  return unlessLost(state, async (from) => {
    const news = { told: new Map<string, ToldItem>(), marks: new Map<string, boolean>(), gone: new Set<string>() };
    const place = { folder: new ews.FolderId(folderId), properties, enter: (one: ews.ItemChange) => enter(one, news) };
    const syncState = await readPages(session, place, from, signal);
    return {
      syncState,
      fromStart: from === null,
      told: [...news.told.values()],
      marks: [...news.marks].map(([id, seen]) => ({ id, seen })),
      gone: [...news.gone],
    };
  });
}

interface Entered {
  readonly told: Map<string, ToldItem>;
  readonly marks: Map<string, boolean>;
  readonly gone: Set<string>;
}

/** In the order of the pages: what came back after it went is there, and a mark is older than what is told whole after it. */
function enter(change: ews.ItemChange, { told, marks, gone }: Entered): void {
  if (change.ChangeType === ews.ChangeType.Delete) {
    told.delete(change.ItemId.UniqueId);
    marks.delete(change.ItemId.UniqueId);
    gone.add(change.ItemId.UniqueId);
    return;
  }
  if (change.ChangeType === ews.ChangeType.ReadFlagChange) {
    marks.set(change.ItemId.UniqueId, change.IsRead);
    return;
  }
  const item = toldItem(change.Item);
  if (item === null) return;
  gone.delete(item.id);
  marks.delete(item.id);
  told.set(item.id, item);
}

/** Null for what is no letter though it lies in a mail folder. */
function toldItem(item: ews.Item | null): ToldItem | null {
  if (item === null || notLetters.some((kind) => item instanceof kind)) return null;
  return {
    id: item.Id.UniqueId,
    seen: read(() => (item as ews.EmailMessage).IsRead, false),
    receivedAt: read(() => item.DateTimeReceived.TotalMilliSeconds, 0),
    size: read(() => item.Size, 0),
  };
}

const notLetters = [ews.Contact, ews.ContactGroup, ews.Task, ews.Appointment];

/** The library throws for what the server did not say. */
export function read<T>(property: () => T, otherwise: T): T {
  try {
    return property() ?? otherwise;
  } catch (error) {
    if (isAppError(error)) throw error;
    return otherwise;
  }
}
