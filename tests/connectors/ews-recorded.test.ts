import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FetchedLetter } from '../../src-main/connectors/connectors.ts';
import { addContact } from '../support/exchange/contacts.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import {
  differences,
  namesIn,
  type RecordedExchange,
  recordedExchanges,
  shapeOf,
} from '../support/exchange/recorded.ts';
import { startRecordedServer } from '../support/exchange/recorded-server.ts';
import { connected, ewsTo } from './exchange-desk.ts';
import { connectorsFor, failureOf, soon } from './sign-in.ts';

// What a server of other hands answered to the same questions keeps the double honest.
const exchanges = recordedExchanges() ?? [];
const alice = { login: 'alice', password: 'secret', address: 'alice@x.test' };
const bob = { login: 'bob', password: 'secret', address: 'bob@x.test', opens: [alice.address] };
const stranger = { login: 'stranger', password: 'secret', address: 'stranger@x.test' };

/** What the console never asks. */
const unknownToTheDouble = [
  '10 FindFolder',
  // By a word of the subject.
  '11 FindItem',
  // A meeting and a contact that are made.
  ...['16 CreateItem', '18 CreateItem', '20 ResolveNames'],
  ...['21 AddDelegate', '22 GetDelegate', '23 UpdateDelegate', '24 GetDelegate', '25 RemoveDelegate', '26 GetDelegate'],
  ...['29 UpdateFolder', '34 Subscribe', '35 GetUserOofSettingsRequest', '36 GetUserAvailabilityRequest'],
];

/** Where the double is like Exchange, and the other server is not. */
const knownDifferences = [
  // From Exchange 2010 on a mark alone is told as one.
  '0 SyncFolderHierarchy ParentFolderId @ChangeKey: ours alone',
  '8 SyncFolderItems ReadFlagChange, not Update',
  '12 MoveItem Items: 1, not 0',
  // Nothing was grouped.
  ...['17', '19', '31'].map((at) => `${at} FindItem RootFolder/Groups: theirs alone`),
];

let double: ExchangeDouble;
beforeAll(async () => {
  double = await startExchangeDouble({ accounts: [alice, bob, stranger], ways: ['basic'] });
});
afterAll(() => double.stop());

/** Who asked: the owner, but for what another person may and may not, and for a wrong password. */
function askedBy({ req, status }: RecordedExchange, { res }: RecordedExchange): string {
  if (status === 401) return 'alice:wrong';
  if (!req.includes(`<t:EmailAddress>${alice.address}`)) return 'alice:secret';
  return res.includes('ErrorAccessDenied') ? 'stranger:secret' : 'bob:secret';
}

async function replay(body: string, login: string) {
  const response = await fetch(`http://127.0.0.1:${double.port}/EWS/Exchange.asmx`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(login).toString('base64')}` },
    body,
  });
  return { status: response.status, text: await response.text() };
}

test('the double answers as another server does, where it knows the question', async () => {
  const notKnown: string[] = [];
  const found: string[] = [];
  const ours = new Map<string, string>();
  for (const [at, exchange] of exchanges.entries()) {
    const { op, req, status, res } = exchange;
    const asked = [...ours].reduce((body, [theirs, own]) => body.replaceAll(theirs, own), req);
    const answer = await replay(asked, askedBy(exchange, exchange));
    if (answer.text.includes('ErrorInvalidRequest')) {
      notKnown.push(`${at} ${op}`);
      if (req.includes('<t:Contact>')) addContact(double.folder(alice.address, 'contacts'));
      continue;
    }
    if (answer.status !== status) found.push(`${at} ${op}: HTTP ${answer.status}, not ${status}`);
    if (status !== 200 || answer.status !== 200) continue;
    for (const difference of differences(shapeOf(answer.text), shapeOf(res))) found.push(`${at} ${op} ${difference}`);
    const names = namesIn(answer.text);
    for (const [place, name] of namesIn(res).entries()) ours.set(name, names[place] ?? name);
  }
  if (exchanges.length === 0) return;
  expect(notKnown).toEqual(unknownToTheDouble);
  expect(found).toEqual(knownDifferences);
  expect(double.schemaFaults).toEqual([]);
});

const answerTo = (at: number): RecordedExchange => exchanges[at] as RecordedExchange;
/** What was recorded as it was a moment before: a letter that nobody has read. */
const before: Readonly<Record<number, readonly [string, string]>> = {
  5: ['<t:IsRead>true', '<t:IsRead>false'],
};
type Moment = 'before' | 'as it was';
function recorded([at, moment]: readonly [number, Moment] = [-1, 'as it was']) {
  const { status, res } = exchanges[at] ?? { status: 200, res: '' };
  const [is, was] = before[at] ?? ['', ''];
  return { status, res: moment === 'before' ? res.replace(is, was) : res };
}

/** All folders; with a state nothing, or the one that was made, in the words in which FindFolder told it. */
function recordedFolders(body: string, created: boolean) {
  const { status, res } = answerTo(body.includes('<m:SyncState>') ? 1 : 0);
  const [made = ''] =
    answerTo(10).res.match(/<t:Folder>(?:(?!<\/t:Folder>).)*R&amp;D(?:(?!<\/t:Folder>).)*<\/t:Folder>/) ?? [];
  const changes = `<m:Changes><t:Create>${made}</t:Create></m:Changes>`;
  return { status, res: created ? res.replace('<m:Changes/>', changes) : res };
}

/** The folders of the recording: GetFolder, which was recorded for the inbox, names the others as FindFolder does. */
function recordedFolder(body: string) {
  const [, wanted = ''] = body.match(/<t:DistinguishedFolderId Id="(\w+)"/) ?? [];
  const names: Record<string, string> = {
    inbox: 'Inbox',
    sentitems: 'Sent Items',
    drafts: 'Drafts',
    junkemail: 'Junk Email',
    deleteditems: 'Deleted Items',
    outbox: 'Outbox',
  };
  const idOf = (name: string): string =>
    answerTo(10).res.match(
      new RegExp(`<t:FolderId Id="([^"]+)"(?:(?!</t:\\w*Folder>).)*<t:DisplayName>${name}<`),
    )?.[1] ?? '';
  return { ...answerTo(27), res: answerTo(27).res.replaceAll(idOf('Inbox'), idOf(names[wanted] ?? '')) };
}

test('what another server answered is read by the console', async () => {
  if (exchanges.length === 0) return;
  let plan: Record<string, readonly [number, Moment]> = {};
  const answering = (wish: Record<string, number>, moment: Moment = 'as it was') => {
    plan = { ...plan, ...Object.fromEntries(Object.entries(wish).map(([operation, at]) => [operation, [at, moment]])) };
  };
  answering({ SyncFolderItems: 3, GetItem: 4 });
  let created = false;
  await using server = await startRecordedServer((operation, body) => {
    created ||= operation === 'CreateFolder';
    if (operation === 'SyncFolderHierarchy') return recordedFolders(body, created);
    return operation === 'GetFolder' ? recordedFolder(body) : recorded(plan[operation]);
  });
  await connected(ewsTo(server.port), async (connector) => {
    const folders = await connector.listFolders(soon());
    expect(folders.flatMap(({ path, role }) => (role === null ? [] : [`${role} ${path}`])).toSorted()).toEqual([
      'drafts Drafts',
      'inbox INBOX',
      'junk Junk Email',
      'sent Sent Items',
      'trash Deleted Items',
    ]);
    expect(folders.map(({ path }) => path)).toContain('Sync Issues/Conflicts');
    expect(folders.map(({ path }) => path)).not.toContain('INBOX/R&D <1>');
    expect(folders.map(({ name }) => name)).not.toContain('Calendar');
    const inbox = await connector.openFolder('INBOX', soon());
    const letters: FetchedLetter[] = [];
    for await (const letter of inbox.fetchLetters([1], soon())) letters.push(letter);
    const [, content = ''] = answerTo(4).res.match(/<t:MimeContent[^>]*>([^<]+)</) ?? [];
    expect(letters.map(({ raw }) => Buffer.from(raw).toString('base64'))).toEqual([content]);
    expect(letters[0]?.receivedAt).toBe(Date.parse('2026-11-21T04:22:50.874Z'));
    expect([...(await inbox.listSizes([1], soon()))]).toEqual([[1, 1625]]);

    const change = await connector.openForChange('INBOX', soon());
    answering({ GetItem: 5 }, 'before');
    answering({ UpdateItem: 7, CreateFolder: 9, MoveItem: 12, DeleteItem: 14, FindItem: 11 });
    await change.markRead([1], soon());
    expect(await change.findByMessageId('<m1@y.test>', soon())).toEqual([1]);
    await connector.createFolder('INBOX/R&D <1>', soon());
    expect((await connector.listFolders(soon())).map(({ path }) => path)).toContain('INBOX/R&D <1>');
    await change.move([1], 'Sent Items', soon());
    await change.delete([1], soon());
    answering({ FindItem: 32, GetItem: 15, SyncFolderItems: 8 });
    expect((await failureOf(change.findByMessageId('<m1@y.test>', soon()))).code).toBe('exchange.no-access');
    expect(await inbox.fetchHeader(1, soon())).toBeNull();
    expect((await connector.folderStates(['INBOX'], soon())).states.get('INBOX')).toMatchObject({
      exists: 1,
      uidNext: 2,
    });
    answering({ SyncFolderItems: 13 });
    expect((await connector.folderStates(['INBOX'], soon())).states.get('INBOX')).toMatchObject({
      exists: 0,
      uidNext: 2,
    });
    answering({ SyncFolderItems: 33 });
    expect((await failureOf(connector.openForChange('INBOX', soon()))).code).toBe('auth.rejected');
  });
  const sent = { from: alice.address, to: [bob.address], raw: Buffer.from('Subject: a\r\n\r\n') };
  answering({ CreateItem: 2 });
  const receipt = await connectorsFor().submitLetter(ewsTo(server.port), sent, soon());
  expect(receipt).toEqual({ serverWords: 'CreateItem: NoError', refused: [] });
  const asked = ['CreateFolder', 'CreateItem', 'DeleteItem', 'FindItem', 'GetFolder', 'GetItem', 'MoveItem'];
  expect([...new Set(server.asked)].toSorted()).toEqual([
    ...asked,
    'SyncFolderHierarchy',
    'SyncFolderItems',
    'UpdateItem',
  ]);
});
