import type { ContactNews, ContactsDesk, FetchedContact } from '../contacts.ts';
import { responseCodeOf, unintelligible } from './errors.ts';
import { keptFolder } from './folder-directory.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import { readContact, shownOfContacts } from './read-contact.ts';
import type { Session } from './session.ts';
import { readPage, unlessLost } from './sync-pages.ts';

/** So many come in one answer: a contact is small, but its server works each out by itself. */
const atATime = 100;

/** The folder Contacts: SyncFolderItems says who has changed, GetItem how. Lists of people have no address of their own and are passed over. */
export function openContacts(session: Session): ContactsDesk {
  return {
    source: `${session.source} contacts`,
    async *news(state, signal) {
      let from = state;
      for (let last = false; !last; ) {
        const portion = await readPortion(session, from, signal);
        yield portion;
        from = portion.state;
        last = portion.last;
      }
    },
  };
}

async function readPortion(session: Session, from: string | null, signal: AbortSignal): Promise<ContactNews> {
  const folder = keptFolder(session, ews.WellKnownFolderName.Contacts);
  const there = new Set<string>();
  const gone = new Set<string>();
  const enter = (change: ews.ItemChange): void => {
    const id = change.ItemId.UniqueId;
    there.delete(id);
    gone.delete(id);
    if (change.ChangeType === ews.ChangeType.Delete) gone.add(id);
    else if (change.Item instanceof ews.Contact) there.add(id);
  };
  const { begins, state, last } = await unlessLost(from, async (known) => {
    const page = await readPage(session, { folder, properties: [], enter }, known, signal);
    return { ...page, begins: known === null };
  });
  const put: FetchedContact[] = [];
  const ids = [...there];
  for (let at = 0; at < ids.length; at += atATime) {
    const asked = ids.slice(at, at + atATime);
    const found = await fetchContacts(session, asked, signal);
    put.push(...found);
    const named = new Set(found.map(({ id }) => id));
    // Deleted between the two questions.
    for (const id of asked) if (!named.has(id)) gone.add(id);
  }
  return { begins, put, gone: [...gone], state, last };
}

async function fetchContacts(
  session: Session,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly FetchedContact[]> {
  const asked = ids.map((id) => new ews.ItemId(id));
  const found = await session.ask((service) => service.BindToItems(asked, shownOfContacts()), {}, signal);
  if (found.Responses.length < ids.length)
    throw unintelligible(session.endpoint, `${found.Responses.length} < ${ids.length}`);
  return found.Responses.flatMap((response) => {
    const refusal = refusalOf(response, session.endpoint);
    if (refusal !== null && responseCodeOf(refusal) !== 'ErrorItemNotFound') throw refusal;
    return refusal === null && response.Item instanceof ews.Contact ? [readContact(response.Item)] : [];
  });
}
