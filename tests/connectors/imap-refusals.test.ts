import { describe, expect, test } from 'vitest';
import type { ChangeableFolder, IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type Reply, startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);

/** Does something on a server that answers so; gives what came of it and what the server heard. */
async function on<T>(offer: string, replies: readonly Reply[], work: (connector: IncomingConnector) => Promise<T>) {
  const server = await startImap(offer, replies);
  try {
    const connector = await hasty.openIncoming(signInTo(server.port), soon());
    try {
      return { result: await work(connector), heard: server.heard };
    } finally {
      await connector.close();
    }
  } finally {
    await server.stop();
  }
}

const inInbox =
  <T>(work: (folder: ChangeableFolder) => Promise<T>) =>
  async (connector: IncomingConnector): Promise<T> =>
    work(await connector.openForChange('INBOX', soon()));

const changes = /^UID (STORE|COPY|MOVE|EXPUNGE)|^EXPUNGE|^CLOSE/;

describe('deleting', () => {
  test('without UIDPLUS is refused before anything is marked', async () => {
    const work = inInbox((folder) => failureOf(folder.delete([9], soon())));
    const { result, heard } = await on('IMAP4rev1 MOVE', [], work);
    expect(result).toMatchObject({ code: 'server.unsupported', params: { serverWords: 'UIDPLUS' } });
    expect(heard(changes)).toEqual([]);
  });

  test('sends exactly this, also to a server that has it built in', async () => {
    for (const offer of ['IMAP4rev1 UIDPLUS', 'IMAP4rev2']) {
      const { heard } = await on(
        offer,
        [],
        inInbox((folder) => folder.delete([9, 4, 5, 6, 9], soon())),
      );
      expect(heard(changes)).toEqual(['UID STORE 4:6,9 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 4:6,9']);
    }
  });

  test('that may not be marked is not taken out', async () => {
    const refusing = { to: /^UID STORE/, end: 'NO [NOPERM] Not yours' };
    const work = inInbox((folder) => failureOf(folder.delete([9], soon())));
    const { result, heard } = await on('IMAP4rev1 UIDPLUS', [refusing], work);
    expect(result).toMatchObject({ code: 'server.refused', params: { serverWords: 'Not yours' } });
    expect(heard(/EXPUNGE/)).toEqual([]);
  });
});

describe('moving', () => {
  test('without MOVE and UIDPLUS is refused before anything is copied', async () => {
    const work = inInbox((folder) => failureOf(folder.move([9], 'Done', soon())));
    const { result, heard } = await on('IMAP4rev1', [], work);
    expect(result.code).toBe('server.unsupported');
    expect(heard(changes)).toEqual([]);
  });

  test.each([
    ['UID COPY', 'IMAP4rev1 UIDPLUS'],
    ['UID MOVE', 'IMAP4rev1 UIDPLUS MOVE'],
  ])('%s that is refused leaves the letters as they are', async (name, offer) => {
    const refusing = { to: new RegExp(`^${name}`), end: 'NO [OVERQUOTA] The mailbox is full' };
    const { result, heard } = await on(
      offer,
      [refusing],
      inInbox((folder) => failureOf(folder.move([9], 'Done', soon()))),
    );
    expect(result.code).toBe('quota.exceeded');
    expect(heard(changes)).toEqual([`${name} 9 "Done"`]);
  });

  test.each([
    ['TRYCREATE', 'NO [TRYCREATE] No such mailbox', '* LIST () "/" Done'],
    ['NONEXISTENT', 'NO [NONEXISTENT] No such mailbox', '* LIST () "/" Done'],
    ['no code, and the folder is not listed', 'NO Cannot do that', '* LIST (\\NonExistent) "/" Done'],
    ['no code, and only a level of that name is there', 'NO Cannot do that', '* LIST (\\Noselect) "/" Done'],
    ['no code, and another name fits the pattern', 'NO Cannot do that', '* LIST () "/" Donee'],
  ])('a missing target is told: %s', async (_, end, listed) => {
    const replies = [
      { to: /^UID MOVE/, end },
      { to: /^LIST "" "?Done/, lines: [listed] },
    ];
    const work = inInbox((folder) => failureOf(folder.move([9], 'Done', soon())));
    const { result } = await on('IMAP4rev1 MOVE', replies, work);
    expect(result).toMatchObject({ code: 'folder.gone', params: { folder: 'Done' } });
  });

  test('a refusal for another reason is no missing target', async () => {
    const replies = [
      { to: /^UID MOVE/, end: 'NO Cannot do that' },
      { to: /^LIST "" "?Done/, lines: ['* LIST () "/" Done'] },
    ];
    const work = inInbox((folder) => failureOf(folder.move([9], 'Done', soon())));
    const { result } = await on('IMAP4rev1 MOVE', replies, work);
    expect(result).toMatchObject({ code: 'server.refused', params: { serverWords: 'Cannot do that' } });
  });

  test.each([
    ['before its end', ['* OK [COPYUID 7 4,6:5 20:22] Moved', '* 1 EXPUNGE'], 'OK Done'],
    ['at its end', [], 'OK [COPYUID 7 4,5:6 20:22] Moved'],
    ['in lower case', [], 'OK [copyuid 7 4:6 20,21,22] Moved'],
  ])('new UIDs are taken %s', async (_, lines, end) => {
    const work = inInbox((folder) => folder.move([4, 5, 6], 'Done', soon()));
    const { result } = await on('IMAP4rev1 MOVE', [{ to: /^UID MOVE/, lines, end }], work);
    expect([...result]).toEqual([
      [4, 20],
      [5, 21],
      [6, 22],
    ]);
  });

  test.each([
    ['says nothing of them', 'OK Done'],
    ['says too few', 'OK [COPYUID 7 4:6 20] Done'],
    ['says nonsense', 'OK [COPYUID 7 4:x 20:21] Done'],
    ['says four billion', 'OK [COPYUID 7 1:4294967295 1:4294967295] Done'],
  ])('a server that %s has moved them all the same', async (_, end) => {
    const work = inInbox((folder) => folder.move([4, 5, 6], 'Done', soon()));
    expect((await on('IMAP4rev1 MOVE', [{ to: /^UID MOVE/, end }], work)).result.size).toBe(0);
  });

  test('only what the server says it has copied is deleted', async () => {
    const copied = { to: /^UID COPY/, end: 'OK [COPYUID 7 4,6 20:21] Copied' };
    const { heard } = await on(
      'IMAP4rev1 UIDPLUS',
      [copied],
      inInbox((folder) => folder.move([4, 5, 6], 'Done', soon())),
    );
    expect(heard(changes)).toEqual([
      'UID COPY 4:6 "Done"',
      'UID STORE 4,6 +FLAGS.SILENT (\\Deleted)',
      'UID EXPUNGE 4,6',
    ]);
  });

  test('a copy whose original others delete meanwhile is not made twice', async () => {
    const replies = [
      { to: /^UID COPY/, end: 'OK [COPYUID 7 4:5 20:21] Copied' },
      { to: /^UID STORE 4:5/, end: 'NO [EXPUNGEISSUED] Some of them are gone' },
      { to: /^UID SEARCH/, lines: ['* SEARCH 5'] },
    ];
    const { result, heard } = await on(
      'IMAP4rev1 UIDPLUS',
      replies,
      inInbox((f) => f.move([4, 5], 'Done', soon())),
    );
    expect([...result]).toEqual([
      [4, 20],
      [5, 21],
    ]);
    expect(heard(/^UID (COPY|STORE)/)).toEqual([
      'UID COPY 4:5 "Done"',
      'UID STORE 4:5 +FLAGS.SILENT (\\Deleted)',
      'UID STORE 5 +FLAGS.SILENT (\\Deleted)',
    ]);
  });

  test('a server that speaks of letters that are gone and shows them all is not asked for ever', async () => {
    const replies = [
      { to: /^UID MOVE/, end: 'NO [EXPUNGEISSUED] Some of them are gone' },
      { to: /^UID SEARCH/, lines: ['* SEARCH 4 5'] },
    ];
    const work = inInbox((folder) => failureOf(folder.move([4, 5], 'Done', soon())));
    const { result, heard } = await on('IMAP4rev1 MOVE', replies, work);
    expect(result.code).toBe('server.refused');
    expect(heard(/^UID MOVE/)).toHaveLength(1);
  });
});

describe('a folder opened for changes', () => {
  test('that may only be read is refused', async () => {
    const readOnly = { to: /^SELECT/, lines: ['* 1 EXISTS', '* OK [UIDVALIDITY 7] ok'], end: 'OK [READ-ONLY] done' };
    const { result } = await on('IMAP4rev1', [readOnly], (it) => failureOf(it.openForChange('INBOX', soon())));
    expect(result).toMatchObject({ code: 'server.refused', params: { serverWords: 'READ-ONLY' } });
  });

  test('that keeps no mark of what has been read is refused', async () => {
    const forgetful = (flags: string) => ({
      to: /^SELECT/,
      lines: ['* 1 EXISTS', '* OK [UIDVALIDITY 7] ok', `* OK [PERMANENTFLAGS (${flags})] kept`],
    });
    const work = inInbox((folder) => failureOf(folder.markRead([1], soon())));
    const { result, heard } = await on('IMAP4rev1', [forgetful('\\Deleted')], work);
    expect(result.code).toBe('server.unsupported');
    expect(heard(changes)).toEqual([]);
    const kept = await on(
      'IMAP4rev1',
      [forgetful('\\seen')],
      inInbox((folder) => folder.markRead([1], soon())),
    );
    expect(kept.heard(changes)).toEqual(['UID STORE 1 +FLAGS.SILENT (\\Seen)']);
  });

  test('whose server gives UIDs no validity is not opened at all', async () => {
    const replies = [{ to: /^(SELECT|EXAMINE)/, lines: ['* 1 EXISTS'] }];
    const work = async (it: IncomingConnector) => [
      await failureOf(it.openForChange('INBOX', soon())),
      await failureOf(it.openFolder('INBOX', soon())),
    ];
    const { result } = await on('IMAP4rev1', replies, work);
    for (const failure of result) {
      expect(failure).toMatchObject({ code: 'server.unsupported', params: { serverWords: 'UIDVALIDITY' } });
    }
  });
});

describe('a folder to be made', () => {
  const separator = { to: /^LIST "" ""$/, lines: ['* LIST (\\Noselect) "." ""'] };
  const notListed = { to: /^LIST/, lines: [] };

  test('is made level by level where the server does not make what is above it', async () => {
    const replies: Reply[] = [separator, notListed, { to: /^CREATE "A\.B\.C"$/, end: 'NO No parent' }];
    const { result, heard } = await on('IMAP4rev1', replies, (it) => failureOf(it.createFolder('A.B.C', soon())));
    expect(result).toMatchObject({ code: 'server.refused', params: { serverWords: 'No parent' } });
    expect(heard(/^CREATE/)).toEqual(['CREATE "A.B.C"', 'CREATE "A"', 'CREATE "A.B"', 'CREATE "A.B.C"']);
  });

  test.each([
    ['says that it is there', 'NO [ALREADYEXISTS] It is', notListed],
    ['only lists it', 'NO It is there', { to: /^LIST "" "Done"/, lines: ['* LIST () "." Done'] }],
  ])('is no error where the server %s', async (_, end, listing) => {
    const { heard } = await on('IMAP4rev1', [{ to: /^CREATE/, end }, separator, listing], (it) =>
      it.createFolder('Done', soon()),
    );
    expect(heard(/^CREATE/)).toEqual(['CREATE "Done"']);
  });

  test('is made though the server does not let anybody subscribe', async () => {
    const { heard } = await on('IMAP4rev1', [{ to: /^SUBSCRIBE/, end: 'NO Not here' }], (it) =>
      it.createFolder('Done', soon()),
    );
    expect(heard(/^(CREATE|SUBSCRIBE)/)).toEqual(['CREATE "Done"', 'SUBSCRIBE "Done"']);
  });

  test('with a name of all that could end a command ends none', async () => {
    const { heard } = await on('IMAP4rev1', [], (it) => it.createFolder('A"\\\r\nX LOGOUT\0{3}\t', soon()));
    expect(heard(/^CREATE|^LOGOUT/)).toHaveLength(2);
    expect(heard(/^CREATE/)).toEqual([expect.stringMatching(/^CREATE "A\\"\\\\&.*-X LOGOUT&.*-\{3\}.*"$/)]);
  });
});
