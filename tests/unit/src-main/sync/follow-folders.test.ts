import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FolderState, IncomingConnector } from '../../../../src-main/connectors/connectors.ts';
import { silentLogs } from '../../../../src-main/logs/logs.ts';
import {
  followFolders,
  type KnownFolder,
  type ListedFolder,
  matchRenamed,
} from '../../../../src-main/sync/follow-folders.ts';
import type { FolderRole, ServerFolder } from '../../../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../../../src-shared/domain/ids.ts';
import { AppError } from '../../../../src-shared/errors/errors.ts';
import { addMailbox, openTestStore, type TestStore } from '../../../support/open-store.ts';

const serverFolder = (path: string, more: Partial<ServerFolder> = {}): ServerFolder => {
  return { path, name: path, separator: '/', role: null, selectable: true, identity: null, ...more };
};

describe('a folder that vanished is one that appeared', () => {
  const known = (id: number, uidValidity: number | null, identity: string | null = null): KnownFolder => {
    return { folderId: id as FolderId, path: `Old ${id}`, identity, uidValidity };
  };
  const appeared = (path: string, uidValidity: number | null, identity: string | null = null): ListedFolder => {
    return { folder: serverFolder(path, { identity }), uidValidity };
  };
  const matched = (vanished: readonly KnownFolder[], fresh: readonly ListedFolder[]) =>
    [...matchRenamed(vanished, fresh)].map(([folderId, { path }]) => [folderId as number, path]);

  test('by its identity, whatever the numberings say', () => {
    const vanished = [known(1, 7, 'x'), known(2, 7, 'y')];
    expect(matched(vanished, [appeared('A', 7, 'y'), appeared('B', 9, 'x')])).toEqual([
      [1, 'B'],
      [2, 'A'],
    ]);
  });

  test('by a numbering that one of each alone has, where a server gives no identities', () => {
    const fresh = [appeared('A', 9), appeared('B', 8), appeared('C', 7)];
    expect(matched([known(1, 7), known(2, 8)], fresh)).toEqual([
      [1, 'C'],
      [2, 'B'],
    ]);
  });

  test('by its numbering, where only one side has an identity: the server began or ceased to give them', () => {
    expect(matched([known(1, 7)], [appeared('A', 7, 'x')])).toEqual([[1, 'A']]);
    expect(matched([known(1, 7, 'x')], [appeared('A', 7)])).toEqual([[1, 'A']]);
  });

  test('never by its numbering against its identity', () => {
    expect(matched([known(1, 7, 'x')], [appeared('A', 7, 'y')])).toEqual([]);
  });

  test('never where two that vanished have one numbering', () => {
    expect(matched([known(1, 7), known(2, 7)], [appeared('A', 7)])).toEqual([]);
  });

  test('never where two that appeared have one numbering', () => {
    expect(matched([known(1, 7)], [appeared('A', 7), appeared('B', 7)])).toEqual([]);
  });

  test('never where two that appeared claim one identity, and have one numbering besides', () => {
    expect(matched([known(1, 7, 'x')], [appeared('A', 7, 'x'), appeared('B', 7, 'x')])).toEqual([]);
  });

  test('never for want of a numbering, or of an identity', () => {
    expect(matched([known(1, null)], [appeared('A', null)])).toEqual([]);
    expect(matched([known(1, 7)], [appeared('A', 8)])).toEqual([]);
  });

  test('never where a folder that stayed has the numbering too: a server that gives all the same says nothing by it', () => {
    const stays = { ...known(2, 7), path: 'Stays' };
    expect(matched([known(1, 7), stays], [appeared('A', 7), appeared('Stays', 9)])).toEqual([]);
    expect(matched([known(1, 7), { ...stays, uidValidity: null }], [appeared('A', 7), appeared('Stays', 7)])).toEqual(
      [],
    );
  });

  test('and no other that vanished is the same one', () => {
    expect(matched([known(1, 5, 'x'), known(2, 6)], [appeared('C', 6, 'x')])).toEqual([[1, 'C']]);
    expect(matched([known(1, 5, 'x'), known(2, 6, 'x')], [appeared('C', 6, 'x')])).toEqual([[1, 'C']]);
  });

  test('although others that vanished or appeared have no match', () => {
    const vanished = [known(1, 5), known(2, 7), known(3, null)];
    expect(matched(vanished, [appeared('A', 6), appeared('B', 7)])).toEqual([[2, 'B']]);
  });
});

interface Server {
  readonly connector: IncomingConnector;
  /** Paths whose state was asked for, question by question. */
  readonly asked: readonly (readonly string[])[];
}

/** A server that has these folders, numbered as said; nothing else may be asked of it. */
function serverWith(folders: readonly ServerFolder[], numbering: Readonly<Record<string, number>> = {}): Server {
  const asked: (readonly string[])[] = [];
  const refused = () => Promise.reject(new AppError('server.unsupported'));
  const stateOf = (uidValidity: number): FolderState => {
    return { uidValidity, uidNext: 1, exists: 0, unseen: 0, highestModseq: null };
  };
  const connector: IncomingConnector = {
    listFolders: async () => folders,
    folderStates: async (paths) => {
      asked.push(paths);
      const known = paths.flatMap((path) => {
        const uidValidity = numbering[path];
        return uidValidity === undefined ? [] : [[path, stateOf(uidValidity)] as const];
      });
      return { states: new Map(known), roundTrips: 1 };
    },
    openFolder: refused,
    openForChange: refused,
    createFolder: refused,
    roundTrips: () => 0,
    close: async () => undefined,
  };
  return { connector, asked };
}

describe('after a fresh listing', () => {
  const inbox = serverFolder('INBOX', { role: 'inbox' });
  const log = silentLogs('test');
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore();
  });
  afterAll(() => it[Symbol.asyncDispose]());

  /** The inbox is ticked. */
  const newMailbox = async () =>
    (await addMailbox(it.store, `m${crypto.randomUUID()}@company.example`, ['INBOX'])).mailboxId;
  const put = (mailboxId: MailboxId, folders: readonly ServerFolder[], selected: boolean) =>
    it.store.call('folders.put', { mailboxId, folders: [inbox, ...folders].map((one) => ({ ...one, selected })) });
  const follow = async (mailboxId: MailboxId, { connector }: Server, loadNew = true, movedTo: string[] = []) => {
    const cursors = await it.store.call('folders.cursors', { mailboxId });
    const parts = { store: it.store, connector, mailboxId, loadNew, movedTo, log };
    await followFolders(cursors, parts, new AbortController().signal);
  };
  const rows = (mailboxId: MailboxId) => it.store.call('folders.list', { mailboxId });
  const ticked = async (mailboxId: MailboxId) =>
    (await rows(mailboxId)).filter(({ selected }) => selected).map(({ path }) => path);
  const idOf = async (mailboxId: MailboxId, path: string) =>
    (await rows(mailboxId)).find((one) => one.path === path)?.id;
  /** What gives a folder its numbering: it was looked into. */
  const look = async (mailboxId: MailboxId, path: string, uidValidity: number) => {
    const folderId = (await idOf(mailboxId, path)) as FolderId;
    const listed = Uint32Array.from([1]);
    const leave = { beforePeriod: new Uint32Array(), read: new Uint32Array() };
    const judged = { above: 0, leave, judge: 'all', judgedBy: 'position/all', loadSince: null, periodUid: 1 } as const;
    await it.store.call('ledger.see', { folderId, uidValidity, at: Date.UTC(2026, 10, 20), listed, ...judged });
  };

  test('a new folder is ticked where new ones are loaded, and only there', async () => {
    const server = serverWith([inbox, serverFolder('Later')]);
    const all = await newMailbox();
    await follow(all, server);
    expect(await ticked(all)).toEqual(['INBOX', 'Later']);
    const chosen = await newMailbox();
    await follow(chosen, server, false);
    expect((await rows(chosen)).map(({ path, selected }) => [path, selected])).toEqual([
      ['INBOX', true],
      ['Later', false],
    ]);
  });

  test('an archive is ticked, and no other folder of the system', async () => {
    const roles: readonly FolderRole[] = ['sent', 'drafts', 'junk', 'trash', 'archive', 'all'];
    const mailboxId = await newMailbox();
    await follow(mailboxId, serverWith([inbox, ...roles.map((role) => serverFolder(`The ${role}`, { role }))]));
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'The archive']);
    expect(await rows(mailboxId)).toHaveLength(7);
  });

  test('a folder of the system that a person has ticked stays ticked', async () => {
    const sent = serverFolder('Sent', { role: 'sent' });
    const mailboxId = await newMailbox();
    await put(mailboxId, [sent], true);
    await follow(mailboxId, serverWith([inbox, sent]));
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'Sent']);
  });

  test('a folder that letters are moved to is not ticked: they would come back from there', async () => {
    const mailboxId = await newMailbox();
    const server = serverWith([inbox, ...['Done', 'Failed', 'Later'].map((path) => serverFolder(path))]);
    await follow(mailboxId, server, true, ['Done', 'Failed']);
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'Later']);
  });

  test('a folder that letters are moved to is not ticked under its new name either', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Done', { identity: 'F-1' })], false);
    await follow(mailboxId, serverWith([inbox, serverFolder('Processed', { identity: 'F-1' })]), true, ['Done']);
    expect(await ticked(mailboxId)).toEqual(['INBOX']);
  });

  test('a folder that letters are moved to stays ticked where a person has ticked it', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Done')], true);
    await follow(mailboxId, serverWith([inbox, serverFolder('Done')]), true, ['Done']);
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'Done']);
  });

  test('a level that only holds other folders gets no row, and nothing is asked of it', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Old')], true);
    const server = serverWith([inbox, serverFolder('Lists', { selectable: false }), serverFolder('Lists/News')]);
    await follow(mailboxId, server);
    expect((await rows(mailboxId)).map(({ path }) => path)).toEqual(['INBOX', 'Lists/News', 'Old']);
    expect(server.asked).toEqual([['INBOX', 'Lists/News']]);
  });

  test('a renamed folder is the same row, ticked as before', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Old')], true);
    await look(mailboxId, 'Old', 77);
    const before = await idOf(mailboxId, 'Old');
    await follow(mailboxId, serverWith([inbox, serverFolder('Projects/New')], { 'Projects/New': 77 }), false);
    expect(await idOf(mailboxId, 'Projects/New')).toBe(before);
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'Projects/New']);
  });

  test('a renamed folder is known by its identity, also where the server says nothing of its state', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Old', { identity: 'F-1' })], true);
    const before = await idOf(mailboxId, 'Old');
    await follow(mailboxId, serverWith([inbox, serverFolder('New', { identity: 'F-1' })]), false);
    expect(await idOf(mailboxId, 'New')).toBe(before);
    expect(await rows(mailboxId)).toHaveLength(2);
  });

  test('a folder that is no other renamed is a row of its own, and the ticked one that vanished is kept', async () => {
    const mailboxId = await newMailbox();
    await put(mailboxId, [serverFolder('Old')], true);
    await look(mailboxId, 'Old', 77);
    const before = await idOf(mailboxId, 'Old');
    await follow(mailboxId, serverWith([inbox, serverFolder('New')], { New: 78 }), false);
    expect(await idOf(mailboxId, 'Old')).toBe(before);
    expect(await ticked(mailboxId)).toEqual(['INBOX', 'Old']);
    expect(await rows(mailboxId)).toHaveLength(3);
  });

  test('no state is asked for where nothing can have been renamed', async () => {
    const mailboxId = await newMailbox();
    const more = serverWith([inbox, serverFolder('Later')]);
    await follow(mailboxId, more);
    const fewer = serverWith([inbox]);
    await follow(mailboxId, fewer);
    expect([more.asked, fewer.asked]).toEqual([[], []]);
  });
});
