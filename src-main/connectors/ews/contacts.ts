import type { ContactNews, ContactsDesk, FetchedContact } from '../contacts.ts';
import type { NotGiven } from '../not-given.ts';
import { mostOwed, type Owed, type Place, placeOf, placeWord } from '../owed-contacts.ts';
import { isNoToOne, responseCodeOf, unintelligible } from './errors.ts';
import { keptFolder } from './folder-directory.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import { readContact, shownOfContacts } from './read-contact.ts';
import { readList, shownOfLists } from './read-list.ts';
import type { Session } from './session.ts';
import { readPage, unlessLost } from './sync-pages.ts';

/** People and lists of people: both lie among the contacts, each with properties of its own. */
interface Kind {
  readonly kind: Owed['kind'];
  /** So many come in one answer: a contact is small, but its server works each out by itself; a list brings everybody who is in it. */
  readonly atATime: number;
  readonly shown: (service: ews.ExchangeService) => ews.PropertySet;
  /** Null: something else. */
  readonly read: (item: ews.Item) => FetchedContact | null;
}

const people: Kind = {
  kind: 'person',
  atATime: 100,
  shown: shownOfContacts,
  read: (item) => (item instanceof ews.Contact ? readContact(item) : null),
};
const lists: Kind = {
  kind: 'list',
  atATime: 10,
  shown: shownOfLists,
  read: (item) => (item instanceof ews.ContactGroup ? readList(item) : null),
};

function kindOf(item: ews.Item | null): Kind | null {
  if (item instanceof ews.Contact) return people;
  return item instanceof ews.ContactGroup ? lists : null;
}

/** The folder Contacts: SyncFolderItems says who has changed, GetItem how. */
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

async function readPortion(session: Session, word: string | null, signal: AbortSignal): Promise<ContactNews> {
  const { state: from, owed }: Place = placeOf(word);
  const folder = keptFolder(session, ews.WellKnownFolderName.Contacts);
  const there = new Map<string, Kind>();
  const gone = new Set<string>();
  for (const { id, kind } of owed) there.set(id, kind === 'list' ? lists : people);
  const enter = (change: ews.ItemChange): void => {
    const id = change.ItemId.UniqueId;
    there.delete(id);
    gone.delete(id);
    const kind = kindOf(change.Item);
    if (change.ChangeType === ews.ChangeType.Delete) gone.add(id);
    else if (kind !== null) there.set(id, kind);
  };
  const { begins, state, last } = await unlessLost(from, async (known) => {
    const page = await readPage(session, { folder, properties: [], enter }, known, signal);
    return { ...page, begins: known === null };
  });
  const put: FetchedContact[] = [];
  const notGiven: (NotGiven & Owed)[] = [];
  for (const kind of [people, lists]) {
    const ids = [...there].flatMap(([id, its]) => (its === kind ? [id] : []));
    for (let at = 0; at < ids.length; at += kind.atATime) {
      const asked = ids.slice(at, at + kind.atATime);
      const found = await fetchContacts(session, kind, asked, signal);
      put.push(...found.given);
      notGiven.push(...found.notGiven.map((one) => ({ ...one, kind: kind.kind })));
      const named = new Set([...found.given, ...found.notGiven].map(({ id }) => id));
      // Deleted between the two questions.
      for (const id of asked) if (!named.has(id)) gone.add(id);
    }
  }
  if (notGiven.length > mostOwed && notGiven[0]) throw notGiven[0].why;
  const stillOwed = notGiven.map(({ id, kind }) => ({ id, kind }));
  return { begins, put, gone: [...gone], notGiven, state: placeWord(state, stillOwed), last };
}

async function fetchContacts(
  session: Session,
  { shown, read }: Kind,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly given: readonly FetchedContact[]; readonly notGiven: readonly NotGiven[] }> {
  const asked = ids.map((id) => new ews.ItemId(id));
  const found = await session.ask((service) => service.BindToItems(asked, shown(service)), {}, signal);
  if (found.Responses.length < ids.length)
    throw unintelligible(session.endpoint, `${found.Responses.length} < ${ids.length}`);
  const given: FetchedContact[] = [];
  const notGiven: NotGiven[] = [];
  ids.forEach((id, at) => {
    const response = found.Responses[at] as (typeof found.Responses)[number];
    const why = refusalOf(response, session.endpoint);
    const contact = why === null ? read(response.Item) : null;
    if (contact !== null) given.push(contact);
    if (why === null || responseCodeOf(why) === 'ErrorItemNotFound') return;
    if (!isNoToOne(why)) throw why;
    notGiven.push({ id, why });
  });
  return { given, notGiven };
}
