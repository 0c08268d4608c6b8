import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FetchedLetter, IncomingConnector, OpenFolder } from '../../src-main/connectors/connectors.ts';
import type { Encryption } from '../../src-shared/domain/mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { connectorsFor, failureOf, pop3Of, soon } from './sign-in.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

async function connected<T>(
  login: string,
  work: (connector: IncomingConnector) => Promise<T>,
  encryption: Encryption = 'none',
): Promise<T> {
  const signIn = pop3Of(dovecot, encryption, { login });
  const connector = await connectorsFor([dovecot.caPem]).openIncoming(signIn, soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}

const inInbox = <T>(login: string, work: (folder: OpenFolder) => Promise<T>): Promise<T> =>
  connected(login, async (connector) => work(await connector.openFolder('INBOX', soon())));
const uidsIn = async (folder: OpenFolder, since: number | null = null): Promise<readonly number[]> =>
  Array.from(await folder.listUids({ afterUid: 0, since }, soon()));

async function all(letters: AsyncIterable<FetchedLetter>): Promise<readonly FetchedLetter[]> {
  const list: FetchedLetter[] = [];
  for await (const letter of letters) list.push(letter);
  return list;
}

const plain = (name: string, header = ''): string =>
  `${header}From: clerk@elsewhere.test\r\nSubject: ${name}\r\n\r\n${name}\r\n`;
const put = (login: string, letters: readonly string[]): void => {
  fillMaildir(
    dovecot,
    login,
    'INBOX',
    letters.map((raw) => ({ raw })),
  );
};

describe.each(['none', 'tls', 'starttls'] as const)('a connection with encryption %s', (encryption) => {
  test('signs in and has one folder, the inbox', async () => {
    const folders = await connected('bob', (connector) => connector.listFolders(soon()), encryption);
    expect(folders).toEqual([
      { path: 'INBOX', name: 'INBOX', separator: '/', role: 'inbox', selectable: true, identity: null },
    ]);
  });

  test('a wrong password is told from every other failure, and the name is not repeated', async () => {
    const signIn = { ...pop3Of(dovecot, encryption), password: 'wrong' };
    const failure = await failureOf(connectorsFor([dovecot.caPem]).openIncoming(signIn, soon()));
    expect(failure).toMatchObject({ code: 'auth.rejected', params: { host: 'localhost' } });
    expect(JSON.stringify(failure.params)).not.toMatch(/wrong|bob/);
  });
});

test.each(['tls', 'starttls'] as const)(
  'with encryption %s a certificate that nobody trusts is refused before the password is said',
  async (encryption) => {
    const failure = await failureOf(connectorsFor().openIncoming(pop3Of(dovecot, encryption), soon()));
    expect(failure.code).toBe('tls.certificate-untrusted');
    expect(dovecot.log()).not.toMatch(/pop3-login: Info: Login: user=<mallory>/);
  },
);

test('letters come byte for byte, unread, numbered as the server lists them', async () => {
  const letters = [plain('one'), `${plain('two')}.\r\n..\r\n.three\r\n`, plain('\xce\xf2\xe2\xe5\xf2')];
  fillMaildir(
    dovecot,
    'carol',
    'INBOX',
    letters.map((raw) => ({ raw: Buffer.from(raw, 'latin1') })),
  );
  await inInbox('carol', async (folder) => {
    expect([folder.exists, folder.uidNext, await uidsIn(folder)]).toEqual([3, 4, [1, 2, 3]]);
    const came = await all(folder.fetchLetters([3, 1, 2], soon()));
    expect(came.map(({ uid, seen }) => [uid, seen])).toEqual([
      [3, false],
      [1, false],
      [2, false],
    ]);
    expect(came.map(({ raw }) => Buffer.from(raw).toString('latin1'))).toEqual([letters[2], letters[0], letters[1]]);
    const sizes = await folder.listSizes([1, 2, 9], soon());
    expect([...sizes]).toEqual([
      [1, letters[0]?.length],
      [2, letters[1]?.length],
    ]);
  });
});

test('when a letter came is what the server wrote on top of it, else its date, else now', async () => {
  const received = 'Received: from a by b; Tue, 3 Nov 2026 10:00:00 +0300 (MSK)\r\n';
  const older = 'Received: from x\r\n\tby a; Mon, 2 Nov 2026 09:00:00 +0000\r\n';
  const date = 'Date: Sun, 1 Nov 2026 08:00:00 +0000\r\n';
  const untrue = 'Received: from a by b; Tue, 3 Nov 2099 10:00:00 +0000\r\n';
  put('dora', [plain('a', received + older + date), plain('b', date), plain('c', untrue + date), plain('d')]);
  const before = Date.now();
  const came = await inInbox('dora', (folder) => all(folder.fetchLetters([1, 2, 3, 4], soon())));
  const times = came.map(({ receivedAt }) => receivedAt);
  expect(times.slice(0, 3)).toEqual([Date.UTC(2026, 10, 3, 7), Date.UTC(2026, 10, 1, 8), Date.UTC(2026, 10, 1, 8)]);
  expect(times[3]).toBeGreaterThanOrEqual(before);
});

test('asked since when, it names the letters that came since, and asks no further down than a hundred older ones', async () => {
  const dated = (day: number) =>
    plain(`${day}`, `Received: by b; ${new Date(Date.UTC(2026, 9, 1 + day)).toUTCString()}\r\n`);
  put('emma', [dated(29), ...Array.from({ length: 150 }, () => dated(1)), dated(20), dated(2), dated(25)]);
  const since = Date.UTC(2026, 9, 15);
  await connected('emma', async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    const before = connector.roundTrips();
    // Below the hundred, the one of the 29th is not seen any more.
    expect(await uidsIn(folder, since)).toEqual([152, 154]);
    expect(connector.roundTrips() - before).toBe(103);
    // What is known of a header is not asked again.
    expect(await uidsIn(folder, since)).toEqual([152, 154]);
    expect(connector.roundTrips() - before).toBe(103);
  });
});

test('a header comes with the empty line at its end and the size of the whole', async () => {
  const raw = `${plain('large')}${'text\r\n'.repeat(500)}`;
  put('fay', [raw]);
  const header = await inInbox('fay', (folder) => folder.fetchHeader(1, soon()));
  expect(header).toMatchObject({ uid: 1, size: raw.length, seen: false });
  expect(Buffer.from(header?.header ?? []).toString()).toBe('From: clerk@elsewhere.test\r\nSubject: large\r\n\r\n');
  expect(await inInbox('fay', (folder) => folder.fetchHeader(2, soon()))).toBeNull();
});

test('what arrives later is seen when all folders are asked about again', async () => {
  put('gina', [plain('one')]);
  await connected('gina', async (connector) => {
    const states = await connector.folderStates(['INBOX', 'Sent'], soon());
    expect([...states.states.keys()]).toEqual(['INBOX']);
    expect(states.states.get('INBOX')).toMatchObject({ exists: 1, uidNext: 2, highestModseq: null });
    expect(await uidsIn(await connector.openFolder('INBOX', soon()))).toEqual([1]);
    put('gina', [plain('two')]);
    await connector.folderStates(['INBOX'], soon());
    expect(await uidsIn(await connector.openFolder('inbox', soon()))).toEqual([1, 2]);
  });
});

describe('changes', () => {
  test('a letter is deleted, the others stay, and further ones are deleted after it', async () => {
    put('hana', [plain('one'), plain('two'), plain('three'), plain('four')]);
    await connected('hana', async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      expect(await folder.present([1, 2, 9], soon())).toEqual(new Set([1, 2]));
      await folder.delete([2], soon());
      const again = await connector.openForChange('INBOX', soon());
      expect(await again.present([1, 2, 3, 4], soon())).toEqual(new Set([1, 3, 4]));
      await again.delete([1, 4], soon());
    });
    const left = await inInbox('hana', (folder) => all(folder.fetchLetters([1, 2, 3, 4], soon())));
    expect(left.map(({ raw }) => Buffer.from(raw).toString())).toEqual([plain('three')]);
  });

  test('whatever else could be asked for is refused by name, and nothing is changed', async () => {
    put('iris', [plain('one')]);
    await connected('iris', async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      const refused = [
        folder.markRead([1], soon()),
        folder.move([1], 'Done', soon()),
        folder.findByMessageId('<a@b>', soon()),
        connector.createFolder('Done', soon()),
      ];
      for (const work of refused) expect((await failureOf(work)).code).toBe('server.unsupported');
      for (const path of ['Sent', 'INBOX/Done'])
        expect((await failureOf(connector.openFolder(path, soon()))).code).toBe('folder.gone');
    });
    expect(await inInbox('iris', (folder) => uidsIn(folder))).toEqual([1]);
  });

  test('closing the connection deletes nothing', async () => {
    put('jane', [plain('one')]);
    await connected('jane', async (connector) => {
      await connector.openForChange('INBOX', soon());
    });
    expect(await inInbox('jane', (folder) => uidsIn(folder))).toEqual([1]);
  });
});
