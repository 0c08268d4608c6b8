import type { KnownItem } from '../name-memory.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';

/** Numbers of the letters of a folder whose Message-ID is this. */
export async function findByMessageId(
  session: Session,
  folder: { readonly id: string; readonly items: readonly KnownItem[] },
  messageId: string,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const view = new ews.ItemView(100);
  view.PropertySet = ews.PropertySet.IdOnly;
  const filter = new ews.SearchFilter.IsEqualTo(ews.EmailMessageSchema.InternetMessageId, messageId);
  const found = await session.ask(
    (service) => service.FindItems(new ews.FolderId(folder.id), filter, view),
    {},
    signal,
  );
  const ids = new Set(found.Items.map((item) => item.Id.UniqueId));
  return folder.items.filter(({ id }) => ids.has(id)).map(({ uid }) => uid);
}
