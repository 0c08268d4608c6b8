import { afterEach, describe, expect, test } from 'vitest';
import type { CalendarDesk } from '../../src-main/connectors/calendar.ts';
import type { IncomingConnector, SignIn } from '../../src-main/connectors/connectors.ts';
import type { ContactsDesk } from '../../src-main/connectors/contacts.ts';
import type { Exchange } from '../../src-shared/domain/exchange.ts';
import { addContact } from '../support/exchange/contacts.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { impersonationIn } from '../support/exchange/impersonation.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, failureOf, soon } from './sign-in.ts';

const bob = 'bob@company.example';
const office = 'office@company.example';
let double: ExchangeDouble | null = null;
afterEach(async () => {
  await double?.stop();
  expect(double?.schemaFaults).toEqual([]);
  double = null;
});

/** What an application may act for, by its token; `a-persons` is a person's. */
const applications: Readonly<Record<string, readonly string[] | null>> = {
  'app-of-both': [bob, office, 'nobody@company.example'],
  'app-of-one': [office],
  'app-of-none': null,
};

async function start(): Promise<ExchangeDouble> {
  double = await startDouble({
    applicationOf: (token) => (token in applications ? { impersonates: applications[token] ?? null } : null),
    loginOf: (token) => (token === 'a-persons' ? 'bob' : null),
  });
  return double;
}

function byToken(port: number, token: string, actsAs?: string, exchange: Partial<Exchange> = {}): SignIn {
  const signIn = { ...ewsTo(port, exchange, { signIn: 'oauth2' }), password: '', askToken: async () => token };
  return actsAs === undefined ? signIn : { ...signIn, actsAs };
}

/** Everything that is ever asked of an Exchange. */
async function askEverything(connector: IncomingConnector): Promise<void> {
  await connector.createFolder('Done', soon());
  await connector.folderStates(['INBOX'], soon());
  const folder = await connector.openFolder('INBOX', soon());
  for await (const { raw } of folder.fetchLetters([1, 2], soon())) expect(raw.length).toBeGreaterThan(0);
  await folder.fetchHeader(1, soon());
  const change = await connector.openForChange('INBOX', soon());
  await change.markRead([1], soon());
  await change.move([1], 'Done', soon());
  await change.delete([2], soon());
  await change.findByMessageId('<a@company.example>', soon());
  const calendar = connector.calendar as CalendarDesk;
  await calendar.news(null, span, soon());
  const listed = await calendar.list(span, soon());
  const [meeting] = (await calendar.fetch(listed, soon())).given;
  await calendar.fetchFile(meeting?.files[0]?.id ?? '', soon());
  const target = { id: meeting?.id ?? '', series: false };
  await calendar.standing(target, soon());
  await calendar.reply(target, { answer: 'accept', tell: true, message: '', series: false }, soon());
  for await (const { put } of (connector.contacts as ContactsDesk).news(null, soon())) expect(put.length).toBe(1);
}

const span = { from: Date.now(), to: Date.now() + 30 * 24 * 60 * 60_000 };

function fill({ folder }: ExchangeDouble, address: string): void {
  addItem(folder(address), { raw: 'Subject: a\r\n\r\n' });
  addItem(folder(address), { raw: 'Subject: b\r\n\r\n' });
  addMeeting(folder(address, 'calendar'), {
    files: [{ name: 'a.txt', type: 'text/plain', content: Buffer.from('a') }],
  });
  addContact(folder(address, 'contacts'));
}

const letter = (from: string) => ({
  from,
  to: ['eve@company.example'],
  raw: Buffer.from(`From: ${from}\r\nTo: eve@company.example\r\n\r\nx\r\n`),
});

describe('an application that signs in for itself', () => {
  test.each([
    ['a mailbox', bob, 'automatic'],
    ['a shared mailbox', office, 'automatic'],
    ['a mailbox of a server that knows the main address alone', bob, '2007-sp1'],
  ] as const)('says with every question and every letter for whom it asks: %s', async (_, address, version) => {
    const exchange = await start();
    fill(exchange, address);
    const mailbox = address === office ? office : '';
    const signIn = byToken(exchange.port, 'app-of-both', address, { version, mailbox });
    await connected(signIn, askEverything);
    await connectorsFor().submitLetter(signIn, letter(address), soon());
    expect(exchange.sent).toMatchObject([{ from: address }]);
    expect(exchange.folder(address, 'sentitems').items.size).toBe(1);
    expect(exchange.answers).toHaveLength(1);
    expect(new Set(exchange.heard.map(({ body }) => impersonationIn(body)))).toEqual(new Set([address]));
    expect(new Set(exchange.heard.map(({ anchor }) => anchor))).toEqual(new Set([address]));
    const operations = [
      'SyncFolderHierarchy',
      'GetItem',
      'UpdateItem',
      'MoveItem',
      'DeleteItem',
      'CreateFolder',
      'FindItem',
    ];
    expect(exchange.asked).toEqual(expect.arrayContaining([...operations, 'CreateItem', 'GetAttachment']));
  });

  test('is refused everywhere where it does not say so, and so is a person who says it', async () => {
    const { port } = await start();
    const open = (signIn: SignIn) => failureOf(connectorsFor().openIncoming(signIn, soon()));
    const silent = await open(byToken(port, 'app-of-both'));
    expect(silent.params.serverWords).toMatch(/^ErrorInvalidExchangeImpersonationHeaderData: .* must be present/);
    const person = await open(byToken(port, 'a-persons', bob));
    expect(person.params.serverWords).toMatch(/^ErrorInvalidExchangeImpersonationHeaderData: .* must not exist/);
  });
});

test('a person’s token and a password never act for anybody', async () => {
  const { port, heard, folder } = await start();
  addItem(folder(office), { raw: 'Subject: a\r\n\r\n' });
  for (const signIn of [byToken(port, 'a-persons', undefined, { mailbox: office }), ewsTo(port, { mailbox: office })])
    await connected(signIn, (connector) => connector.openFolder('INBOX', soon()));
  expect(heard.map(({ body }) => impersonationIn(body)).filter((address) => address !== null)).toEqual([]);
});

describe('the doctor names', () => {
  test.each([
    ['an application without a role', 'app-of-none', bob, 'exchange-acts-for-nobody', 'ErrorImpersonationDenied'],
    [
      'one whose role ends before the mailbox',
      'app-of-one',
      bob,
      'exchange-acts-for-nobody',
      'ErrorImpersonateUserDenied',
    ],
    [
      'an address without a mailbox',
      'app-of-both',
      'nobody@company.example',
      'exchange-no-mailbox',
      'ErrorNonExistentMailbox',
    ],
  ] as const)('%s, with the commands that mend it', async (_, token, actsAs, code, words) => {
    const { port } = await start();
    const signIn = byToken(port, token, actsAs);
    for (const [incoming, outgoing, step] of [
      [signIn, signIn, 'sign-in'],
      [null, signIn, 'smtp-sign-in'],
    ] as const) {
      const check = await connectorsFor().checkConnection(incoming, outgoing, soon());
      const last = check.steps.at(-1);
      expect(last).toMatchObject({ name: step, finding: { code, params: { mailbox: actsAs } } });
      expect(last?.finding?.params.serverWords).toContain(words);
      expect(last?.finding?.commands.some((command) => command.includes(`'${actsAs}'`))).toBe(true);
    }
  });
});
