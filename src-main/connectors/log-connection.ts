import type { LogEvent } from '../../src-shared/domain/connection-log.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { LoggedFacts } from '../logs/connection-log.ts';
import { headerLine } from '../mime/header-line.ts';
import {
  type ChangeableFolder,
  type FetchedLetter,
  type IncomingConnector,
  noRefusals,
  type OpenFolder,
  type Refusals,
} from './connectors.ts';
import { logCalendar, logContacts } from './log-beside-letters.ts';
import type { Scribe } from './scribe.ts';

/** The same connection; what is done over it is noted. */
export function logIncoming(connector: IncomingConnector, scribe: Scribe): IncomingConnector {
  const { follow } = scribe;
  const { appendLetter, calendar, contacts } = connector;
  return {
    ...connector,
    listFolders: (signal) => follow('folders-listed', {}, () => connector.listFolders(signal), countOf),
    folderStates: (paths, signal) =>
      follow('states-asked', { count: paths.length }, () => connector.folderStates(paths, signal)),
    async openFolder(path, signal) {
      const facts = ({ exists }: OpenFolder) => ({ count: exists });
      const open = () => connector.openFolder(path, signal);
      return logFolder(await follow('folder-opened', { folder: path }, open, facts), scribe);
    },
    async openForChange(path, signal) {
      const open = () => connector.openForChange(path, signal);
      return logChanges(await follow('folder-opened', { folder: path }, open), scribe);
    },
    createFolder: (path, signal) => follow('folder-made', { folder: path }, () => connector.createFolder(path, signal)),
    ...(appendLetter && {
      appendLetter: (path, raw, signal) =>
        follow('letter-kept', { folder: path, ...letterFacts(raw) }, () => appendLetter(path, raw, signal)),
    }),
    ...(calendar && { calendar: logCalendar(calendar, scribe) }),
    ...(contacts && { contacts: logContacts(contacts, scribe) }),
    roundTrips: () => connector.roundTrips(),
    close: () => follow('closed', {}, () => connector.close()),
  };
}

function logFolder(folder: OpenFolder, scribe: Scribe): OpenFolder {
  const at = { folder: folder.path };
  const { follow } = scribe;
  const { listUnreadUids, waitForNews } = folder;
  return {
    ...folder,
    listUids: (question, signal) => follow('letters-listed', at, () => folder.listUids(question, signal), countOf),
    ...(listUnreadUids && {
      listUnreadUids: (signal) => follow('letters-listed', at, () => listUnreadUids(signal), countOf),
    }),
    listSizes: (uids, signal) => folder.listSizes(uids, signal),
    fetchLetters: (uids, signal) => logLetters(folder.fetchLetters(uids, signal), { ...scribe, at, uids }),
    fetchHeader: (uid, signal) => follow('header-fetched', { ...at, uid }, () => folder.fetchHeader(uid, signal)),
    ...(waitForNews && {
      waitForNews: (signal) => follow('news-awaited', at, () => waitForNews(signal)),
    }),
  };
}

interface LetterLog extends Pick<Scribe, 'note' | 'keepsAll' | 'hide'> {
  readonly at: { readonly folder: string };
  readonly uids: readonly number[];
}

/** Where it breaks, the letter that was awaited is named: the first that did not come. */
async function* logLetters(letters: AsyncIterable<FetchedLetter>, { at, uids, note, keepsAll, hide }: LetterLog) {
  let last: number | null = null;
  try {
    for await (const letter of letters) {
      last = letter.uid;
      if (keepsAll()) note('letter-fetched', { ...at, uid: letter.uid, ...letterFacts(letter.raw) });
      yield letter;
    }
  } catch (caught) {
    const error = hide(caught);
    const awaited = last === null ? uids[0] : uids[uids.indexOf(last) + 1];
    if (!isAppError(error, 'cancelled'))
      note('letter-fetched', { ...at, uid: awaited ?? null, problem: toWire(error) });
    throw error;
  }
}

export function letterFacts(raw: Uint8Array): LoggedFacts {
  return { bytes: raw.byteLength, messageId: headerLine(raw, 'message-id') };
}

function logChanges(folder: ChangeableFolder, { follow, keepsAll, note, hide }: Scribe): ChangeableFolder {
  const at = { folder: folder.path };
  /** One line for each letter, so that a letter is found by its number; a failure is one line for all, a refusal one for its letter. */
  const changing = async <T>(
    event: LogEvent,
    uids: readonly number[],
    work: () => Promise<T>,
    refusalsOf: (result: T) => Refusals = () => noRefusals,
  ): Promise<T> => {
    const [only = null] = uids.length === 1 ? uids : [];
    const facts = (result: T) => {
      const refusals = refusalsOf(result);
      return { count: uids.length - refusals.size, ...(refusals.size === 0 && { uid: only }) };
    };
    const result = await follow(event, at, work, facts);
    const refusals = refusalsOf(result);
    for (const [uid, refusal] of refusals) note(event, { ...at, uid, problem: toWire(refusal) });
    const done = only === null && keepsAll() ? uids.filter((uid) => !refusals.has(uid)) : [];
    for (const uid of done) note(event, { ...at, uid });
    return result;
  };
  return {
    ...folder,
    present: (uids, signal) => folder.present(uids, signal),
    markRead: (uids, signal) => changing('marked-read', uids, () => folder.markRead(uids, signal)),
    move: (uids, target, signal) => changing('moved', uids, () => folder.move(uids, target, signal)),
    delete: (uids, signal) =>
      changing(
        'deleted',
        uids,
        async () => {
          const refused = await folder.delete(uids, signal);
          return new Map([...refused].map(([uid, error]) => [uid, hide(error) as AppError]));
        },
        (refused) => refused,
      ),
    findByMessageId: (messageId, signal) => folder.findByMessageId(messageId, signal),
  };
}

const countOf = ({ length }: { readonly length: number }): LoggedFacts => ({ count: length });
