import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChangeableFolder, IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { connectorsFor, failureOf, imapOf, password, soon } from './sign-in.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

const plain = (name: string): string =>
  `From: clerk@elsewhere.test\r\nMessage-ID: <${name}@elsewhere.test>\r\nSubject: ${name}\r\n\r\n${name}\r\n`;

async function connected<T>(login: string, work: (connector: IncomingConnector) => Promise<T>): Promise<T> {
  const connector = await connectorsFor().openIncoming(imapOf(dovecot, 'none', { login }), soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}

const changing = <T>(login: string, folder: string, work: (folder: ChangeableFolder) => Promise<T>): Promise<T> =>
  connected(login, async (connector) => work(await connector.openForChange(folder, soon())));

/** Somebody else's program in the same mailbox. */
async function otherProgram<T>(
  login: string,
  folder: string,
  work: (client: ImapFlow) => Promise<T>,
  { imapPort }: Dovecot = dovecot,
): Promise<T> {
  const auth = { user: login, pass: password };
  const client = new ImapFlow({ host: 'localhost', port: imapPort, auth, logger: false, doSTARTTLS: false });
  await client.connect();
  try {
    await client.mailboxOpen(folder);
    return await work(client);
  } finally {
    await client.logout();
  }
}

/** `1: \Answered \Seen` for each letter of a folder. */
const flagsIn = (login: string, folder: string): Promise<readonly string[]> =>
  otherProgram(login, folder, async (client) => {
    const letters = await client.fetchAll('1:*', { uid: true, flags: true });
    return letters.map(({ uid, flags }) =>
      `${uid}: ${[...(flags ?? [])]
        .filter((it) => it !== '\\Recent')
        .sort()
        .join(' ')}`.trim(),
    );
  });

function fill(login: string, folder: string, flags: readonly string[]): void {
  fillMaildir(
    dovecot,
    login,
    folder,
    flags.map((letters, at) => ({ raw: plain(`n${at + 1}`), flags: letters })),
  );
}

describe('marking as read', () => {
  test('marks exactly these, and changes no other flag of any letter', async () => {
    fill('mark', 'INBOX', ['', 'RF', '', 'D', 'S']);
    await changing('mark', 'INBOX', (folder) => folder.markRead([1, 2, 5, 99], soon()));
    expect(await flagsIn('mark', 'INBOX')).toEqual([
      '1: \\Seen',
      '2: \\Answered \\Flagged \\Seen',
      '3:',
      '4: \\Draft',
      '5: \\Seen',
    ]);
  });

  test('of nothing sends nothing', async () => {
    await connected('mark', async (connector) => {
      const folder = await connector.openForChange('INBOX', soon());
      const before = connector.roundTrips();
      await folder.markRead([], soon());
      await folder.delete([], soon());
      expect((await folder.move([], 'Sent', soon())).size).toBe(0);
      expect((await folder.present([], soon())).size).toBe(0);
      expect(connector.roundTrips()).toBe(before);
    });
  });
});

describe('deleting', () => {
  test("takes these, and not what another program has marked as deleted, also after the connection's end", async () => {
    fill('del', 'INBOX', ['', 'T', 'S', '', 'TS']);
    await changing('del', 'INBOX', (folder) => folder.delete([1, 3, 99], soon()));
    expect(await flagsIn('del', 'INBOX')).toEqual(['2: \\Deleted', '4:', '5: \\Deleted \\Seen']);
  });

  test('a letter that another program has deleted meanwhile is no failure', async () => {
    fill('del2', 'INBOX', ['', '', '']);
    await changing('del2', 'INBOX', async (folder) => {
      await otherProgram('del2', 'INBOX', (client) => client.messageDelete('2', { uid: true }));
      await folder.delete([2, 3], soon());
    });
    expect(await flagsIn('del2', 'INBOX')).toEqual(['1:']);
  });
});

describe('moving', () => {
  test('to a nested folder of another script: gives the new UIDs, and flags go along', async () => {
    fill('move', 'INBOX', ['', 'SF', 'T', 'R']);
    fill('move', 'Заявки/Цех № 2 & «Склад»', ['S']);
    const target = 'Заявки/Цех № 2 & «Склад»';
    // Dovecot numbers what was put into the files when the folder is first opened.
    expect(await flagsIn('move', target)).toEqual(['1: \\Seen']);
    const moved = await changing('move', 'INBOX', (folder) => folder.move([1, 2, 99, 4], target, soon()));
    expect([...moved]).toEqual([
      [1, 2],
      [2, 3],
      [4, 4],
    ]);
    expect(await flagsIn('move', 'INBOX')).toEqual(['3: \\Deleted']);
    expect(await flagsIn('move', target)).toEqual(['1: \\Seen', '2:', '3: \\Flagged \\Seen', '4: \\Answered']);
  });

  test('to a folder that is not there names it, leaves the letters and the connection', async () => {
    fill('move2', 'INBOX', ['', '']);
    await changing('move2', 'INBOX', async (folder) => {
      const failure = await failureOf(folder.move([1], 'Нет/такой', soon()));
      expect(failure.code).toBe('folder.gone');
      expect(failure.params).toMatchObject({ folder: 'Нет/такой', host: 'localhost' });
      expect([...(await folder.present([1, 2], soon()))]).toEqual([1, 2]);
    });
    expect(await flagsIn('move2', 'INBOX')).toEqual(['1:', '2:']);
  });

  test('a letter that is gone meanwhile is left out', async () => {
    fill('move3', 'INBOX', ['', '', '']);
    await changing('move3', 'INBOX', async (folder) => {
      await otherProgram('move3', 'INBOX', (client) => client.messageDelete('1', { uid: true }));
      expect([...(await folder.move([1, 2], 'Sent', soon()))]).toEqual([[2, 1]]);
    });
    expect(await flagsIn('move3', 'INBOX')).toEqual(['3:']);
  });

  test('of 3,000 letters with gaps', async () => {
    fill(
      'many',
      'INBOX',
      Array.from({ length: 3_000 }, () => ''),
    );
    const odd = Array.from({ length: 1_500 }, (_, at) => 2 * at + 1);
    const moved = await changing('many', 'INBOX', (folder) =>
      folder.move(odd, 'Archive', soon()).catch(async (error) => {
        expect(error).toMatchObject({ code: 'folder.gone' });
        await connected('many', (connector) => connector.createFolder('Archive', soon()));
        return folder.move(odd, 'Archive', soon());
      }),
    );
    expect([...moved.keys()]).toEqual(odd);
    expect(await flagsIn('many', 'INBOX')).toHaveLength(1_500);
    expect(await flagsIn('many', 'Archive')).toHaveLength(1_500);
  });

  describe('on a server without MOVE', () => {
    let old: Dovecot;
    beforeAll(async () => {
      old = await startDovecot({ extraConfig: 'imap_capability = IMAP4rev1 UIDPLUS' });
    });
    afterAll(() => old.stop());

    test('is COPY and UID EXPUNGE: what others have marked stays, and so does all when the target is missing', async () => {
      fillMaildir(old, 'bob', 'INBOX', [
        { raw: plain('a') },
        { raw: plain('b'), flags: 'T' },
        { raw: plain('c'), flags: 'F' },
      ]);
      const connector = await connectorsFor().openIncoming(imapOf(old, 'none'), soon());
      await connector.createFolder('Готово', soon());
      const folder = await connector.openForChange('INBOX', soon());
      expect([...(await folder.move([1, 3, 9], 'Готово', soon()))]).toEqual([
        [1, 1],
        [3, 2],
      ]);
      expect([...(await folder.present([1, 2, 3], soon()))]).toEqual([2]);
      expect((await failureOf(folder.move([2], 'Нет', soon()))).code).toBe('folder.gone');
      expect([...(await folder.present([2], soon()))]).toEqual([2]);
      await connector.close();
    });

    test('a letter that is gone meanwhile takes no other with it', async () => {
      fillMaildir(
        old,
        'carol',
        'INBOX',
        ['a', 'b', 'c'].map((name) => ({ raw: plain(name) })),
      );
      const connector = await connectorsFor().openIncoming(imapOf(old, 'none', { login: 'carol' }), soon());
      await connector.createFolder('Done', soon());
      const folder = await connector.openForChange('INBOX', soon());
      await otherProgram('carol', 'INBOX', (client) => client.messageDelete('1', { uid: true }), old);
      expect([...(await folder.move([1, 2], 'Done', soon()))]).toEqual([[2, 1]]);
      expect([...(await folder.present([1, 2, 3], soon()))]).toEqual([3]);
      expect((await connector.openFolder('Done', soon())).exists).toBe(1);
      await connector.close();
    });
  });
});

describe('who is there', () => {
  test('says which letters are in the folder now, whatever happened since it was opened', async () => {
    fill('here', 'INBOX', ['', '', '', '']);
    await changing('here', 'INBOX', async (folder) => {
      expect([...(await folder.present([1, 3, 4, 70_000], soon()))]).toEqual([1, 3, 4]);
      await otherProgram('here', 'INBOX', (client) => client.messageDelete('3', { uid: true }));
      expect([...(await folder.present([1, 3, 4], soon()))]).toEqual([1, 4]);
    });
  });

  test('finds letters by their Message-ID and no other', async () => {
    const raw = (id: string): string =>
      `From: a@elsewhere.test\r\nMessage-ID: ${id}\r\nReferences: <a@b.test>\r\n\r\ntext\r\n`;
    const ids = [
      '<a@b.test>',
      '<xa@b.test>',
      '\r\n <a@b.test>',
      '<a@b.test.org>',
      '<зая вка@b.test>',
      '<a"b\\c@b.test>',
    ];
    fillMaildir(
      dovecot,
      'find',
      'INBOX',
      ids.map((id) => ({ raw: raw(id) })),
    );
    await changing('find', 'INBOX', async (folder) => {
      expect(await folder.findByMessageId('<a@b.test>', soon())).toEqual([1, 3]);
      expect(await folder.findByMessageId('a@b.test', soon())).toEqual([1, 3]);
      expect(await folder.findByMessageId('<зая вка@b.test>', soon())).toEqual([5]);
      expect(await folder.findByMessageId('<a"b\\c@b.test>', soon())).toEqual([6]);
      expect(await folder.findByMessageId('<nobody@b.test>', soon())).toEqual([]);
      expect(await folder.findByMessageId('', soon())).toEqual([]);
    });
  });
});

describe('a folder', () => {
  test('is made with its parents and can be opened, listed and moved to; once more is no error', async () => {
    fill('make', 'INBOX', ['']);
    await connected('make', async (connector) => {
      await connector.createFolder('Обращения/2026/R&D "done"', soon());
      await connector.createFolder('Обращения/2026/R&D "done"', soon());
      await connector.createFolder('Обращения', soon());
      await connector.createFolder('INBOX', soon());
      const listed = await connector.listFolders(soon());
      expect(listed.find(({ path }) => path === 'Обращения/2026/R&D "done"')).toMatchObject({ selectable: true });
      const folder = await connector.openForChange('INBOX', soon());
      expect((await folder.move([1], 'Обращения/2026/R&D "done"', soon())).get(1)).toBe(1);
    });
  });

  test('that the server does not want is refused with its words', async () => {
    await connected('make', async (connector) => {
      const failure = await failureOf(connector.createFolder('no.dots/here', soon()));
      expect(failure.code).toBe('server.refused');
      expect(failure.params.serverWords).not.toBe('');
    });
  });

  test('that is gone cannot be opened for changes', async () => {
    await connected('make', async (connector) => {
      const failure = await failureOf(connector.openForChange('Нет', soon()));
      expect(failure).toMatchObject({ code: 'folder.gone', params: { folder: 'Нет' } });
    });
  });

  test('opened before another one takes no more calls: its UIDs would mean other letters', async () => {
    fill('two', 'INBOX', ['', '']);
    fill('two', 'Other', ['', '']);
    await connected('two', async (connector) => {
      const inbox = await connector.openForChange('INBOX', soon());
      await connector.openFolder('Other', soon());
      await expect(inbox.delete([1], soon())).rejects.toThrow('another folder was opened');
      await connector.openForChange('INBOX', soon());
      await expect(inbox.markRead([1], soon())).rejects.toThrow('another folder was opened');
    });
    expect(await flagsIn('two', 'Other')).toEqual(['1:', '2:']);
    expect(await flagsIn('two', 'INBOX')).toEqual(['1:', '2:']);
  });
});
