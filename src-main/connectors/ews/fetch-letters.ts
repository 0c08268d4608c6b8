import { type AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import type { FetchedHeader, FetchedLetter } from '../connectors.ts';
import type { KnownItem } from '../name-memory.ts';
import { unintelligible } from './errors.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';
import { read } from './sync-items.ts';

/** The letter is gone, has a virus, cannot be made a letter again: whatever the no to one letter is, others of the folder are as good as before. */
function isNotGiven(refusal: AppError): boolean {
  return isAppError(refusal, 'server.refused') || isAppError(refusal, 'message.too-large');
}

/** So many in a row without an answer, or with one that means nothing, are no matter of single letters. */
const mostUnread = 3;

/**
 * One question for each letter: an answer is in memory as a whole, several times over. One that means nothing, or does not come, is told when the others have come, since it would
 * stand before them at every pass.
 */
export async function* fetchLetters(
  session: Session,
  items: readonly KnownItem[],
  signal: AbortSignal,
): AsyncGenerator<FetchedLetter, void, undefined> {
  let unread: AppError | null = null;
  let inARow = 0;
  for (const item of items) {
    let letter: FetchedLetter | null = null;
    try {
      letter = await fetchLetter(session, item, signal);
    } catch (error) {
      inARow += 1;
      const maybeItsOwn = isAppError(error, 'server.protocol') || isAppError(error, 'server.unavailable');
      if (!maybeItsOwn || inARow === mostUnread) throw error;
      unread ??= error;
      continue;
    }
    inARow = 0;
    if (letter !== null) yield letter;
  }
  if (unread !== null) throw unread;
}

async function fetchLetter(session: Session, item: KnownItem, signal: AbortSignal): Promise<FetchedLetter | null> {
  const found = await askItem(session, item.id, ews.ItemSchema.MimeContent, signal);
  if (found === null) return null;
  const raw = bytesOf(
    session,
    read(() => found.MimeContent?.Content ?? null, null),
  );
  const seen = read(() => (found as ews.EmailMessage).IsRead, item.seen);
  return { uid: item.uid, receivedAt: item.receivedAt, seen, raw };
}

/** What Exchange kept of the header as it came; the letter is not asked for. */
export async function fetchHeader(
  session: Session,
  item: KnownItem,
  signal: AbortSignal,
): Promise<FetchedHeader | null> {
  const found = await askItem(session, item.id, ews.ItemSchema.InternetMessageHeaders, signal);
  if (found === null) return null;
  const headers = read(() => found.InternetMessageHeaders?.GetEnumerator() ?? [], []);
  const lines = headers.map(
    ({ Name, Value }) => `${Name}: ${String(Value ?? '').replace(/\r?\n(?![ \t])/g, '\r\n ')}\r\n`,
  );
  return {
    uid: item.uid,
    receivedAt: item.receivedAt,
    seen: read(() => (found as ews.EmailMessage).IsRead, item.seen),
    size: item.size,
    header: Buffer.from(`${lines.join('')}\r\n`, 'utf8'),
  };
}

/** Servers before 2010 SP1 refuse an item without IsRead that is asked for it: there the listing's mark stands. */
function askedOf(session: Session, property: ews.PropertyDefinitionBase): ews.PropertyDefinitionBase[] {
  const isReadToo = session.version() >= ews.ExchangeVersion.Exchange2010_SP1;
  return isReadToo ? [property, ews.EmailMessageSchema.IsRead] : [property];
}

async function askItem(
  session: Session,
  id: string,
  property: ews.PropertyDefinitionBase,
  signal: AbortSignal,
): Promise<ews.Item | null> {
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, askedOf(session, property));
  const responses = await session.ask(
    (service) => service.BindToItems([new ews.ItemId(id)], shape),
    { letter: true },
    signal,
  );
  const [response] = responses.Responses;
  if (response === undefined) throw unintelligible(session.endpoint, 'GetItemResponseMessage');
  const refusal = refusalOf(response, session.endpoint);
  if (refusal !== null && isNotGiven(refusal)) return null;
  if (refusal !== null) throw refusal;
  if (!response.Item) throw unintelligible(session.endpoint, 'Items');
  return response.Item;
}

/** Node reads base64 as far as it understands it; half a letter is none. */
function bytesOf(session: Session, content: string | null): Buffer {
  const text = (content ?? '').replace(/\s+/g, '');
  if (text === '' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw unintelligible(session.endpoint, 'MimeContent');
  return Buffer.from(text, 'base64');
}
