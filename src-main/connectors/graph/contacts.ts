import { z } from 'zod';
import type { Phone } from '../../../src-shared/domain/contact.ts';
import type { ContactNews, ContactsDesk, FetchedContact } from '../contacts.ts';
import type { NotGiven } from '../not-given.ts';
import { mostOwed, type Place, placeOf, placeWord } from '../owed-contacts.ts';
import { isGone, isLostState, isNoToOne, isRefusedWhileFull, unintelligible } from './errors.ts';
import { readPages } from './pages.ts';
import type { Session } from './session.ts';
import { queryOf } from './shapes.ts';

const changesAtATime = 200;

/** The resource `contact`, of which delta may tell what has changed alone: a property that is left out is not known to be empty. */
const contactShape = z.object({
  displayName: z.string().nullable(),
  fileAs: z.string().nullable(),
  companyName: z.string().nullable(),
  department: z.string().nullable(),
  jobTitle: z.string().nullable(),
  emailAddresses: z.array(z.object({ name: z.string().nullish(), address: z.string().nullish() })).nullable(),
  businessPhones: z.array(z.string()).nullable(),
  mobilePhone: z.string().nullable(),
  homePhones: z.array(z.string()).nullable(),
});
const query = queryOf({ $select: Object.keys(contactShape.shape).join(',') });
const named = { id: z.string().min(1) };
const wholeShape = contactShape.extend(named);
const wholePage = z.object({ value: z.array(wholeShape), '@odata.nextLink': z.string().optional() });
type WholeContact = z.output<typeof wholeShape>;

const contactsPage = z.object({
  value: z.array(contactShape.partial().extend({ ...named, '@removed': z.looseObject({}).optional() })),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

type Told = z.output<typeof contactsPage>['value'][number];

/** After a look that gave nothing to go on from: nobody was there, whose folder has no name yet, or delta was refused. */
const fromTheStart = '';

/** The default folder of contacts. Its links, also those into the middle of a first look, are the states to go on from. */
export function openContacts(session: Session): ContactsDesk {
  return {
    source: `${session.source} contacts`,
    async *news(state, signal) {
      let from = state === fromTheStart ? null : state;
      try {
        for (let last = false; !last; ) {
          const portion = await readPortion(session, from, signal);
          yield portion;
          from = portion.state;
          last = portion.last;
        }
      } catch (error) {
        if (!isRefusedWhileFull(error)) throw error;
        yield* listEverybody(session, signal);
      }
    },
  };
}

const theStart: Place = { state: null, owed: [] };

async function readPortion(session: Session, word: string | null, signal: AbortSignal): Promise<ContactNews> {
  const place = placeOf(word);
  try {
    return await portionAt(session, place, signal);
  } catch (error) {
    if (place.state === null || !isLostState(error)) throw error;
    return portionAt(session, theStart, signal);
  }
}

async function portionAt(session: Session, { state: link, owed }: Place, signal: AbortSignal): Promise<ContactNews> {
  const path = link === null ? await firstPlace(session, signal) : session.placeIn(link);
  if (path === null) return { begins: true, put: [], gone: [], notGiven: [], state: fromTheStart, last: true };
  const page = await session.read(contactsPage, { path, pageSize: changesAtATime }, signal);
  const done = page['@odata.deltaLink'];
  const state = done ?? page['@odata.nextLink'] ?? '';
  if (session.placeIn(state) === path && done === undefined) throw unintelligible(session.endpoint, '@odata.nextLink');
  const put = new Map<string, FetchedContact>();
  const gone = new Set<string>();
  const notGiven = new Map<string, NotGiven>();
  const named = new Set(page.value.map(({ id }) => id));
  const owedStill: Told[] = owed.filter(({ id }) => !named.has(id)).map(({ id }) => ({ id }));
  // In the order of the page: who came back after having gone is there.
  for (const told of [...owedStill, ...page.value]) {
    for (const all of [put, gone, notGiven]) all.delete(told.id);
    try {
      const contact = told['@removed'] ? null : await wholeOf(session, told, signal);
      if (contact === null) gone.add(told.id);
      else put.set(told.id, readContact(contact));
    } catch (error) {
      if (!isNoToOne(error)) throw error;
      notGiven.set(told.id, { id: told.id, why: error });
    }
  }
  const missing = [...notGiven.values()];
  if (missing.length > mostOwed && missing[0]) throw missing[0].why;
  const stillOwed = missing.map(({ id }) => ({ id, kind: 'person' as const }));
  return {
    ...{ begins: link === null, put: [...put.values()], gone: [...gone], notGiven: missing },
    ...{ state: placeWord(state, stillOwed), last: done !== undefined },
  };
}

/** For a mailbox that is full: all people each time, since a listing says nothing of who has changed. */
async function* listEverybody(session: Session, signal: AbortSignal): AsyncGenerator<ContactNews, void, undefined> {
  const path = session.at(`/contacts?${query}&${queryOf({ $top: String(changesAtATime) })}`);
  let begins = true;
  for await (const page of readPages(session, wholePage, { path }, signal)) {
    const last = page['@odata.nextLink'] === undefined;
    yield { begins, put: page.value.map(readContact), gone: [], notGiven: [], state: fromTheStart, last };
    begins = false;
  }
}

const anybody = z.object({ value: z.array(z.object({ parentFolderId: z.string().min(1) })) });

/** Changes are told by folder, and the default one has no name to ask for its id by: anybody in it knows. Null: there is nobody. */
async function firstPlace(session: Session, signal: AbortSignal): Promise<string | null> {
  const path = session.at(`/contacts?${queryOf({ $select: 'parentFolderId', $top: '1' })}`);
  const [first] = (await session.read(anybody, { path }, signal)).value;
  const folder = first && encodeURIComponent(first.parentFolderId);
  return folder ? session.at(`/contactFolders/${folder}/contacts/delta?${query}`) : null;
}

/** Who is told in part is asked for; null: gone meanwhile. */
async function wholeOf(session: Session, told: Told, signal: AbortSignal): Promise<WholeContact | null> {
  const whole = wholeShape.safeParse(told);
  if (whole.success) return whole.data;
  try {
    const path = session.at(`/contacts/${encodeURIComponent(told.id)}?${query}`);
    return await session.read(wholeShape, { path }, signal);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function readContact(contact: WholeContact): FetchedContact {
  const phonesOf = (kind: Phone['kind'], numbers: readonly (string | null)[] | null): readonly Phone[] =>
    (numbers ?? []).flatMap((number) => (number ? [{ kind, number }] : []));
  return {
    id: contact.id,
    kind: 'person',
    name: contact.displayName || contact.fileAs || '',
    company: contact.companyName ?? '',
    department: contact.department ?? '',
    jobTitle: contact.jobTitle ?? '',
    // In place of an SMTP address Exchange names its own people by a path (`/o=…`), to which nobody can write.
    addresses: (contact.emailAddresses ?? []).flatMap(({ name, address }) =>
      address && !address.startsWith('/') ? [{ name: name ?? '', address }] : [],
    ),
    phones: [
      ...phonesOf('work', contact.businessPhones),
      ...phonesOf('mobile', [contact.mobilePhone]),
      ...phonesOf('home', contact.homePhones),
    ],
    members: [],
  };
}
