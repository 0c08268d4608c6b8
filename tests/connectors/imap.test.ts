import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FetchedLetter, IncomingConnector, OpenFolder } from '../../src-main/connectors/connectors.ts';
import type { Encryption } from '../../src-shared/domain/mailbox.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { connectorsFor, failureOf, imapOf, signInTo, soon } from './sign-in.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

async function connected<T>(
  login: string,
  work: (connector: IncomingConnector) => Promise<T>,
  encryption: Encryption = 'tls',
): Promise<T> {
  const signIn = imapOf(dovecot, encryption, { login });
  const connector = await connectorsFor([dovecot.caPem]).openIncoming(signIn, soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}

const inFolder = <T>(login: string, folder: string, work: (folder: OpenFolder) => Promise<T>): Promise<T> =>
  connected(login, async (connector) => work(await connector.openFolder(folder, soon())));

async function all(letters: AsyncIterable<FetchedLetter>): Promise<readonly FetchedLetter[]> {
  const list: FetchedLetter[] = [];
  for await (const letter of letters) list.push(letter);
  return list;
}

const plain = (name: string): string => `From: clerk@elsewhere.test\r\nSubject: ${name}\r\n\r\n${name}\r\n`;

describe.each(['none', 'tls', 'starttls'] as const)('a connection with encryption %s', (encryption) => {
  test('signs in and lists the folders', async () => {
    const folders = await connected('bob', (connector) => connector.listFolders(soon()), encryption);
    expect(folders.map(({ path }) => path)).toContain('INBOX');
  });

  test('a wrong password is told from every other failure', async () => {
    const signIn = { ...imapOf(dovecot, encryption), password: 'wrong' };
    const failure = await failureOf(connectorsFor([dovecot.caPem]).openIncoming(signIn, soon()));
    expect(failure.code).toBe('auth.rejected');
    expect(failure.params).toMatchObject({ host: 'localhost', port: signIn.endpoint.port });
  });
});

describe('folders', () => {
  test('have their role, their decoded name and whether they can be opened', async () => {
    fillMaildir(dovecot, 'erin', 'Заявки/Цех 2', [{ raw: plain('x') }]);
    fillMaildir(dovecot, 'erin', 'R&D "quoted"', [{ raw: plain('x') }]);
    const folders = await connected('erin', (connector) => connector.listFolders(soon()));
    const byPath = Object.fromEntries(folders.map((folder) => [folder.path, folder]));
    expect(byPath.INBOX).toMatchObject({ role: 'inbox', selectable: true });
    expect(byPath.Sent).toMatchObject({ role: 'sent' });
    expect(byPath.Junk).toMatchObject({ role: 'junk' });
    expect(byPath['Заявки/Цех 2']).toEqual({
      path: 'Заявки/Цех 2',
      name: 'Цех 2',
      separator: '/',
      role: null,
      selectable: true,
      identity: null,
    });
    expect(byPath['R&D "quoted"']).toMatchObject({ name: 'R&D "quoted"', selectable: true });
  });

  test('every listed folder that says so can be opened by its path', async () => {
    fillMaildir(dovecot, 'erin', 'Заявки/Цех 2', [{ raw: plain('x') }]);
    await connected('erin', async (connector) => {
      for (const folder of await connector.listFolders(soon())) {
        if (folder.selectable) expect((await connector.openFolder(folder.path, soon())).path).toBe(folder.path);
      }
    });
  });

  test('a folder that is gone is named, and the connection stays usable', async () => {
    await connected('bob', async (connector) => {
      const failure = await failureOf(connector.openFolder('Ликвидирована', soon()));
      expect(failure.code).toBe('folder.gone');
      expect(failure.params).toMatchObject({ folder: 'Ликвидирована', host: 'localhost' });
      expect((await connector.openFolder('INBOX', soon())).exists).toBeGreaterThanOrEqual(0);
    });
  });
});

describe('UIDs', () => {
  beforeAll(() => {
    const received = ['2026-01-10T12:00:00Z', '2026-02-10T12:00:00Z', '2026-03-10T12:00:00Z'];
    fillMaildir(
      dovecot,
      'frank',
      'INBOX',
      received.map((time, at) => ({ raw: plain(`n${at}`), receivedAt: new Date(time), flags: at === 0 ? 'S' : '' })),
    );
  });

  test.each([
    ['all', { afterUid: 0, since: null }, [1, 2, 3]],
    ['above the last one known', { afterUid: 2, since: null }, [3]],
    ['none when there is nothing new, though n:* names the last letter', { afterUid: 3, since: null }, []],
    ['none far above', { afterUid: 4_294_967_295, since: null }, []],
    ['since a day', { afterUid: 0, since: Date.parse('2026-02-10T13:00:00Z') }, [2, 3]],
    ['since a day, above one', { afterUid: 2, since: Date.parse('2026-02-10T00:00:00Z') }, [3]],
  ])('%s', async (_, question, expected) => {
    expect([...(await inFolder('frank', 'INBOX', (folder) => folder.listUids(question, soon())))]).toEqual(expected);
  });

  test('of unread letters', async () => {
    const unread = await inFolder('frank', 'INBOX', async (folder) => folder.listUnreadUids?.(soon()));
    expect([...(unread ?? [])]).toEqual([2, 3]);
  });

  test('of thousands in a row come as a range', async () => {
    fillMaildir(
      dovecot,
      'nina',
      'INBOX',
      Array.from({ length: 2_000 }, (_, at) => ({ raw: plain(`n${at}`), flags: at % 2 ? 'S' : '' })),
    );
    const proxy = await startFaultProxy(dovecot.imapPort);
    const connector = await connectorsFor().openIncoming(signInTo(proxy.port, 'none', { login: 'nina' }), soon());
    const folder = await connector.openFolder('INBOX', soon());
    const before = proxy.bytes;
    expect(await folder.listUids({ afterUid: 0, since: null }, soon())).toEqual(
      Uint32Array.from({ length: 2_000 }, (_, at) => at + 1),
    );
    expect(proxy.bytes - before).toBeLessThan(200);
    expect(await folder.listUnreadUids?.(soon())).toHaveLength(1_000);
    await connector.close();
    await proxy.stop();
  });

  test('have sizes; one that is gone has none', async () => {
    const sizes = await inFolder('frank', 'INBOX', (folder) => folder.listSizes([1, 3, 99], soon()));
    expect([...sizes]).toEqual([1, 3].map((uid) => [uid, plain(`n${uid - 1}`).length]));
  });
});

describe('letters', () => {
  const hostile: readonly (readonly [string, Buffer])[] = [
    ['bytes that are no text', Buffer.from([0x46, 0x3a, 0x0d, 0x0a, 0x0d, 0x0a, 0xff, 0xfe, 0x80, 0x01, 0x0d, 0x0a])],
    ['protocol in the text', Buffer.from(`${plain('x')}* BYE go away\r\nA1 OK done\r\n)\r\n{99}\r\n+ \r\n`)],
    ['dots and lone CR', Buffer.from('A: b\r\n\r\n.\r\n..\r\n.x\rlone\r\n')],
    ['no line end at the end', Buffer.from('A: b\r\n\r\nlast')],
    ['no header', Buffer.from('\r\nonly text\r\n')],
    ['a line of 200,000 characters', Buffer.from(`A: ${'x'.repeat(200_000)}\r\n\r\nb\r\n`)],
    ['windows-1251', Buffer.concat([Buffer.from('A: b\r\n\r\n'), Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])])],
    ['three megabytes', Buffer.from(`A: b\r\n\r\n${'0123456789abcdef\r\n'.repeat(170_000)}`)],
  ];

  test('come byte for byte, with their time and flags, and none is marked', async () => {
    const receivedAt = new Date('2026-03-01T10:00:00Z');
    fillMaildir(
      dovecot,
      'grace',
      'INBOX',
      hostile.map(([, raw], at) => ({ raw, receivedAt, flags: at % 2 ? 'S' : '' })),
    );
    const before = flagsOnDisk('grace');
    const letters = await inFolder('grace', 'INBOX', (folder) =>
      all(
        folder.fetchLetters(
          hostile.map((_, at) => at + 1),
          soon(),
        ),
      ),
    );
    expect(letters.map(({ uid }) => uid)).toEqual(hostile.map((_, at) => at + 1));
    for (const [at, [name, raw]] of hostile.entries()) {
      const letter = letters[at];
      expect(Buffer.from(letter?.raw ?? []).equals(raw), name).toBe(true);
      expect(letter).toMatchObject({ receivedAt: receivedAt.getTime(), seen: at % 2 === 1 });
    }
    expect(flagsOnDisk('grace')).toEqual(before);
  });

  test('have headers that can be had alone; nothing is marked', async () => {
    const raw = Buffer.concat([
      Buffer.from('Subject: \xef\r\n'),
      Buffer.from([0xcf, 0xf0, 0x0d, 0x0a, 0x0d, 0x0a]),
      Buffer.alloc(90_000, 'x'),
    ]);
    const receivedAt = new Date('2026-03-01T10:00:00Z');
    fillMaildir(dovecot, 'olga', 'INBOX', [
      { raw, receivedAt },
      { raw: 'Subject: no text\r\n', flags: 'S' },
    ]);
    const before = flagsOnDisk('olga');
    await inFolder('olga', 'INBOX', async (folder) => {
      const found = await folder.fetchHeader(1, soon());
      expect(found).toMatchObject({ uid: 1, receivedAt: receivedAt.getTime(), seen: false, size: raw.length });
      expect(Buffer.from(found?.header ?? []).equals(raw.subarray(0, raw.length - 90_000))).toBe(true);
      const other = await folder.fetchHeader(2, soon());
      expect(other?.seen).toBe(true);
      expect(Buffer.from(other?.header ?? []).toString()).toMatch(/^Subject: no text\r\n/);
      expect(await folder.fetchHeader(3, soon())).toBeNull();
    });
    expect(flagsOnDisk('olga')).toEqual(before);
  });

  test('one that is gone is left out', async () => {
    fillMaildir(dovecot, 'heidi', 'INBOX', [{ raw: plain('a') }, { raw: plain('b') }]);
    const letters = await inFolder('heidi', 'INBOX', (folder) => all(folder.fetchLetters([1, 2, 3, 7], soon())));
    expect(letters.map(({ uid }) => uid)).toEqual([1, 2]);
  });

  test('leaving in the middle of a batch leaves the connection usable', async () => {
    fillMaildir(
      dovecot,
      'ivan',
      'INBOX',
      Array.from({ length: 300 }, (_, at) => ({ raw: plain(`n${at}`) })),
    );
    await inFolder('ivan', 'INBOX', async (folder) => {
      const uids = Array.from({ length: 300 }, (_, at) => at + 1);
      for await (const letter of folder.fetchLetters(uids, soon())) if (letter.uid === 3) break;
      expect(await folder.listUids({ afterUid: 0, since: null }, soon())).toHaveLength(300);
      expect(await all(folder.fetchLetters([5], soon()))).toHaveLength(1);
    });
  });

  test('a caller that takes its time holds the server up, not the memory', async () => {
    const raw = `A: b\r\n\r\n${'0123456789abcdef\r\n'.repeat(60_000)}`;
    const uids = Array.from({ length: 60 }, (_, at) => at + 1);
    fillMaildir(
      dovecot,
      'judy',
      'INBOX',
      uids.map(() => ({ raw })),
    );
    const proxy = await startFaultProxy(dovecot.imapPort);
    const connector = await connectorsFor().openIncoming(signInTo(proxy.port, 'none', { login: 'judy' }), soon());
    try {
      const folder = await connector.openFolder('INBOX', soon());
      for await (const letter of folder.fetchLetters(uids, soon())) {
        if (letter.uid !== 1) continue;
        // Time in which the server could have sent all of it.
        for (let round = 0; round < 5; round += 1) await connected('bob', (other) => other.listFolders(soon()));
        // A letter and the buffers of four sockets, of 65 MB.
        expect(proxy.bytes).toBeLessThan(20 * raw.length);
      }
      expect(proxy.bytes).toBeGreaterThan(uids.length * raw.length);
    } finally {
      await connector.close();
      await proxy.stop();
    }
  });
});

describe('news', () => {
  test('a delivery is told, once', async () => {
    await inFolder('kim', 'INBOX', async (folder) => {
      const told = folder.waitForNews?.(soon());
      await deliver(dovecot, 'kim', plain('new'));
      await told;
      expect([...(await folder.listUids({ afterUid: 0, since: null }, soon()))]).toEqual([1]);
      const stop = new AbortController();
      const again = folder.waitForNews?.(stop.signal);
      stop.abort();
      expect((await failureOf(again ?? Promise.resolve())).code).toBe('cancelled');
      // Called off, the connection is as good as before.
      expect(await folder.listUnreadUids?.(soon())).toHaveLength(1);
    });
  });

  test('what arrived before the waiting began is told too', async () => {
    await inFolder('leo', 'INBOX', async (folder) => {
      await deliver(dovecot, 'leo', plain('early'));
      await folder.listSizes([1], soon());
      await folder.waitForNews?.(soon());
      expect(await folder.listUids({ afterUid: 0, since: null }, soon())).toHaveLength(1);
    });
  });

  test('a server without IDLE offers no news to wait for', async () => {
    const silent = await startDovecot({ extraConfig: 'imap_capability = IMAP4rev1 LITERAL+ NAMESPACE SPECIAL-USE' });
    try {
      const connector = await connectorsFor().openIncoming(signInTo(silent.imapPort), soon());
      expect((await connector.openFolder('INBOX', soon())).waitForNews).toBeUndefined();
      await connector.close();
    } finally {
      await silent.stop();
    }
  });
});

/** Names of the letters' files: in a Maildir the flags stand in them. */
function flagsOnDisk(user: string): readonly string[] {
  return execFileSync('find', [`${dovecot.dir}/mail/${user}/Maildir`, '-name', '*mailroom*'], { encoding: 'utf8' })
    .split('\n')
    .sort();
}
