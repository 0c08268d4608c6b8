import { describe, expect, test } from 'vitest';
import type { FetchedLetter, IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { type Reply, serveUntil, startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);

async function at<T>(port: number, work: (connector: IncomingConnector) => Promise<T>): Promise<T> {
  const connector = await hasty.openIncoming(signInTo(port), soon());
  try {
    return await work(connector);
  } finally {
    await connector.close();
  }
}

async function on<T>(
  replies: readonly Reply[],
  work: (connector: IncomingConnector) => Promise<T>,
  offer = 'IMAP4rev1',
) {
  const server = await startImap(offer, replies);
  try {
    return await at(server.port, work);
  } finally {
    await server.stop();
  }
}

async function read(letters: AsyncIterable<FetchedLetter>): Promise<readonly string[]> {
  const list: string[] = [];
  for await (const { uid, raw } of letters) list.push(`${uid} ${Buffer.from(raw)}`);
  return list;
}

const letter = (seq: number, uid: number, text: string, announced = text.length): string =>
  `* ${seq} FETCH (UID ${uid} FLAGS () INTERNALDATE "01-Mar-2026 10:00:00 +0000" BODY[] {${announced}}\r\n${text})`;

const fetching = (lines: readonly string[], uids: readonly number[]) =>
  on([{ to: /^UID FETCH/, lines }], async (connector) => {
    const folder = await connector.openFolder('INBOX', soon());
    return { letters: await read(folder.fetchLetters(uids, soon())), after: await folder.listUnreadUids?.(soon()) };
  });

const listing = (replies: readonly Reply[], offer?: string, afterUid = 0) =>
  on(
    replies,
    async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      return [...(await folder.listUids({ afterUid, since: null }, soon()))];
    },
    offer,
  );

describe('letters that others delete meanwhile', () => {
  test('shift the numbers of the rest, and each letter still has its own text', async () => {
    const lines = [letter(1, 4, 'A: 4'), '* 2 EXPUNGE', '* 1 EXPUNGE', letter(1, 6, 'A: 6'), letter(2, 7, 'A: 7')];
    expect((await fetching(lines, [4, 5, 6, 7])).letters).toEqual(['4 A: 4', '6 A: 6', '7 A: 7']);
  });

  test('more of them than there are letters', async () => {
    const lines = [...Array.from({ length: 40 }, () => '* 1 EXPUNGE'), letter(1, 4, 'A: 4'), '* 0 EXPUNGE'];
    expect((await fetching(lines, [4])).letters).toEqual(['4 A: 4']);
  });

  test.each(['NO [EXPUNGEISSUED] Some are gone', 'NO Some of the requested messages no longer exist'])(
    '%s: what is left has come',
    async (end) => {
      const answers: Reply[] = [
        { to: /SIZE\)/, lines: ['* 1 FETCH (UID 4 RFC822.SIZE 4)'], end },
        { to: /^UID FETCH/, lines: [letter(1, 4, 'A: 4')], end },
      ];
      await on(answers, async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        expect(await read(folder.fetchLetters([4, 5], soon()))).toEqual(['4 A: 4']);
        expect([...(await folder.listSizes([4, 5], soon()))]).toEqual([[4, 4]]);
        expect(await folder.fetchHeader(5, soon())).toBeNull();
      });
    },
  );

  test('another NO to a FETCH has the meaning of its code', async () => {
    const failure = on([{ to: /^UID FETCH/, end: 'NO [UNAVAILABLE] Storage is down' }], async (connector) =>
      read((await connector.openFolder('INBOX', soon())).fetchLetters([4], soon())),
    );
    expect(await failureOf(failure)).toMatchObject({ code: 'server.unavailable' });
  });
});

describe('numbers that are wrong', () => {
  const opening = (...lines: string[]): Reply => ({ to: /^EXAMINE/, lines: ['* OK [UIDVALIDITY 7] ok', ...lines] });
  const found = (line: string): Reply => ({ to: /^UID SEARCH/, lines: [line] });

  test.each(['* 0 EXISTS', '* 1 EXISTS', '* 4000000000 EXISTS', '* 99999999999999999999 EXISTS', '* NIL EXISTS'])(
    '%s: what is listed and fetched is what is there',
    async (exists) => {
      for (const [offer, line] of [
        ['IMAP4rev1', '* SEARCH 4 5 9'],
        ['IMAP4rev1 ESEARCH', '* ESEARCH (TAG "5") UID ALL 4:5,9'],
        ['IMAP4rev1 ESEARCH', '* SEARCH 4 5 9'],
        ['IMAP4rev1', '* ESEARCH (TAG "5") UID ALL 4:5,9'],
      ] as const) {
        expect(await listing([opening(exists), found(line)], offer)).toEqual([4, 5, 9]);
      }
      const lines = [letter(1, 4, 'A: 4'), letter(2, 9, 'A: 9')];
      await on([opening(exists), { to: /^UID FETCH/, lines }], async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        expect(await read(folder.fetchLetters([4, 9], soon()))).toEqual(['4 A: 4', '9 A: 9']);
      });
    },
  );

  test('UIDNEXT that is missing, or that letters are beyond', async () => {
    const uidNext = (replies: readonly Reply[]) =>
      on(replies, async (connector) => (await connector.openFolder('INBOX', soon())).uidNext);
    expect(await uidNext([opening('* 1 EXISTS')])).toBeNull();
    expect(await uidNext([opening('* 1 EXISTS', '* OK [UIDNEXT zwölf] next')])).toBeNull();
    expect(await uidNext([opening('* 1 EXISTS', '* OK [UIDNEXT 3] next')])).toBe(3);
    expect(await listing([opening('* 1 EXISTS', '* OK [UIDNEXT 3] next'), found('* SEARCH 2 9')])).toEqual([2, 9]);
  });

  test('HIGHESTMODSEQ that is missing, none or nonsense', async () => {
    const modseq = (...lines: string[]) =>
      on([opening('* 1 EXISTS', ...lines)], async (it) => (await it.openFolder('INBOX', soon())).highestModseq);
    expect(await modseq()).toBeNull();
    expect(await modseq('* OK [NOMODSEQ] none')).toBeNull();
    expect(await modseq('* OK [HIGHESTMODSEQ 0] none')).toBeNull();
    expect(await modseq('* OK [HIGHESTMODSEQ 1e5] odd')).toBeNull();
    expect(await modseq('* OK [HIGHESTMODSEQ 9223372036854775807] all')).toBe('9223372036854775807');
  });

  test('UIDs that come twice, go down, are none, or were not asked for', async () => {
    expect(await listing([found('* SEARCH 9 4 4 0 -3 5.5 99999999999 x 2 9 4294967295')], undefined, 3)).toEqual([
      4, 9, 4294967295,
    ]);
    expect(await listing([found('* ESEARCH (TAG "5") UID ALL 9,4:5,5:3,1')], 'IMAP4rev1 ESEARCH', 3)).toEqual([
      4, 5, 9,
    ]);
    expect(await listing([{ to: /^UID SEARCH/, lines: ['* SEARCH 4', '* SEARCH', '* SEARCH 9 4'] }])).toEqual([4, 9]);
  });

  test.each(['1:4294967295', '1:20000000', '4:x', '*', '', '0', '4;5', '4294967296'])(
    'ranges of %s end the listing by name, and no letter is left out in silence',
    async (set) => {
      const broken = found(`* ESEARCH (TAG "5") UID ALL ${set === '' ? '""' : set}`);
      expect((await failureOf(listing([broken], 'IMAP4rev1 ESEARCH'))).code).toBe('server.protocol');
    },
  );

  test('a letter that comes twice is one, and one that nobody asked for is none', async () => {
    const lines = [letter(1, 4, 'A: 4'), letter(1, 4, 'A: 4 again'), letter(2, 99, 'A: 99'), letter(3, 5, 'A: 5')];
    expect((await fetching(lines, [4, 5])).letters).toEqual(['4 A: 4', '5 A: 5']);
  });

  test('UIDs that go down within an answer', async () => {
    const lines = [letter(1, 9, 'A: 9'), letter(2, 5, 'A: 5'), letter(3, 4, 'A: 4')];
    expect((await fetching(lines, [4, 5, 9])).letters).toEqual(['9 A: 9', '5 A: 5', '4 A: 4']);
  });

  test('a letter that is listed and never comes', async () => {
    expect((await fetching([letter(1, 4, 'A: 4')], [4, 5])).letters).toEqual(['4 A: 4']);
    expect((await fetching(['* 2 FETCH (UID 5 FLAGS () BODY[] NIL)'], [5])).letters).toEqual([]);
  });

  test('UIDVALIDITY that is another the next time is told', async () => {
    let opened = 0;
    const server = await startScriptedServer(async (line) => {
      for (let first = true; ; first = false) {
        const tag = await serveUntil(line, /^EXAMINE/, { greet: first });
        opened += 1;
        await line.send(`* 1 EXISTS\r\n* OK [UIDVALIDITY ${opened}] ok\r\n${tag} OK done\r\n`);
      }
    });
    await at(server.port, async (connector) => {
      expect((await connector.openFolder('INBOX', soon())).uidValidity).toBe(1);
      expect((await connector.openFolder('INBOX', soon())).uidValidity).toBe(2);
    });
    await server.stop();
  });
});

describe('sizes that are wrong', () => {
  const size = (said: string) => ({ to: /SIZE\)/, lines: [`* 1 FETCH (UID 4 RFC822.SIZE ${said})`] });

  test.each(['0', '1', '4294967295'])('%s: the letter is as long as it is', async (said) => {
    const text = `A: b\r\n\r\n${'x'.repeat(5_000)}`;
    await on([size(said), { to: /^UID FETCH/, lines: [letter(1, 4, text)] }], async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      expect([...(await folder.listSizes([4], soon()))]).toEqual([[4, Number(said)]]);
      expect(await read(folder.fetchLetters([4], soon()))).toEqual([`4 ${text}`]);
    });
  });

  test.each(['-5', '1e9', '99999999999999999999', 'NIL', 'many'])('%s is no size', async (said) => {
    await on([size(said)], async (connector) => {
      const folder = await connector.openFolder('INBOX', soon());
      expect([...(await folder.listSizes([4], soon()))]).toEqual([[4, 0]]);
    });
  });

  test.each([
    ['lines', '\r\n\r\n* 2 FETCH (UID 5 FLAGS () BODY[] {4}\r\nfake'],
    ['the rest of a line', ' (and more'],
    ['an end of its own', '\r\nA9 OK done\r\n* 2 FETCH (UID 5 FLAGS () BODY[] {4}\r\nfake'],
  ])('more of a letter than was announced ends the line, and %s of it are no answer', async (_, more) => {
    const received: string[] = [];
    const answers: Reply = {
      to: /^UID FETCH/,
      lines: [letter(1, 3, 'A: 3'), letter(1, 4, `A: b${more}`, 4), letter(1, 6, 'A: 6')],
    };
    const failure = await failureOf(
      on([answers], async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        for await (const { uid } of folder.fetchLetters([3, 4, 5, 6], soon())) received.push(`${uid}`);
      }),
    );
    expect(failure.code).toBe('server.protocol');
    expect(received).toEqual(['3']);
  });

  test('less of a letter than was announced is waited for, and the line given up', async () => {
    const failure = await failureOf(fetching([letter(1, 4, 'A: b', 90_000)], [4]));
    expect(failure.code).toBe('network.timeout');
  });

  test('a size of four gigabytes for a name ends the connection', async () => {
    const listed: Reply = { to: /^STATUS/, lines: ['* STATUS {4294967295}'] };
    const failure = await failureOf(on([listed], (it) => it.folderStates(['INBOX'], soon())));
    expect(failure.code).toBe('server.protocol');
  });
});

describe('a server that drips', () => {
  /** A byte at a time, for ever, so that the line is never silent. */
  async function drip(line: ScriptedLine, text: string): Promise<void> {
    for (let at = 0; ; at += 1) {
      await line.send(text[at % text.length] ?? '');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test.each([
    ['a letter', /^UID FETCH/, `${letter(1, 4, 'A', 9_000).slice(0, -1)}`, 'x'],
    ['lines that are none of the answer', /^UID (FETCH|SEARCH)/, '', '* OK still here\r\n'],
    ['the answer of a folder', /^STATUS/, '* STATUS INBOX (', 'MESSAGES 1 '],
    ['what is made', /^CREATE/, '', '* 1 RECENT\r\n'],
  ] as const)('%s: the time for the whole ends it', async (_, command, begin, rest) => {
    const server = await startScriptedServer(async (line) => {
      await serveUntil(line, command);
      await line.send(begin);
      await drip(line, rest);
    });
    const work = async (connector: IncomingConnector): Promise<unknown> => {
      if (command.test('STATUS')) return connector.folderStates(['INBOX'], soon());
      if (command.test('CREATE')) return connector.createFolder('Done', soon());
      return read((await connector.openFolder('INBOX', soon())).fetchLetters([4], soon()));
    };
    expect((await failureOf(at(server.port, work))).code).toBe('network.timeout');
    await server.stop();
  });
});
