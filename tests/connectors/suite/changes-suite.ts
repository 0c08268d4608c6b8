import { describe, expect, test } from 'vitest';
import type { ChangeableFolder, IncomingConnector } from '../../../src-main/connectors/connectors.ts';
import { failureOf, soon } from '../sign-in.ts';
import { type DeskRoom, namesIn, plain } from './desk.ts';
import { receivingAt, uidsIn } from './receiving.ts';

const archive = 'Заявки/R&D «Склад»';

/** What every protocol does to letters on a server: to those that are named, and to no other. */
export function changesSuite(
  openRoom: () => Promise<DeskRoom>,
  { inboxAlone }: Pick<DeskRoom, 'inboxAlone'> = {},
): void {
  describe('changes', () => {
    const at = receivingAt(openRoom);
    /** `one`, `two`, `three` in the inbox, opened for changes; gives their numbers. */
    const withThree = <T>(work: (uids: readonly number[], parts: Parts) => Promise<T>): Promise<T> =>
      at.connected(async (connector) => {
        await at.desk.put(
          'INBOX',
          ['one', 'two', 'three'].map((name) => plain(name)),
        );
        const uids = await uidsIn(await connector.openFolder('INBOX', soon()));
        return work(uids, { connector, folder: await connector.openForChange('INBOX', soon()) });
      });

    test('delete these letters and no other; the rest keeps its numbers', async () => {
      await withThree(async (uids, { folder }) => {
        expect([...(await folder.present([...uids, 99], soon()))]).toEqual(uids);
        await folder.delete([uids[0] ?? 0, uids[2] ?? 0, 99], soon());
      });
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['two']);
    });

    test('of nothing ask nothing', async () => {
      await withThree(async (_, { connector, folder }) => {
        const before = connector.roundTrips();
        await folder.delete([], soon());
        expect((await folder.present([], soon())).size).toBe(0);
        expect(connector.roundTrips()).toBe(before);
      });
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['one', 'three', 'two']);
    });

    if (inboxAlone) {
      test('that the protocol does not know are refused by name, and nothing happens', async () => {
        await withThree(async (uids, { connector, folder }) => {
          const refused = [
            folder.markRead(uids, soon()),
            folder.move(uids, 'Done', soon()),
            folder.findByMessageId('<one@elsewhere.example>', soon()),
            connector.createFolder('Done', soon()),
          ];
          for (const work of refused) expect((await failureOf(work)).code).toBe('server.unsupported');
          expect((await failureOf(connector.openForChange('Done', soon()))).code).toBe('folder.gone');
        });
        expect(namesIn(await at.desk.held('INBOX'))).toEqual(['one', 'three', 'two']);
      });
      return;
    }

    test('mark these letters as read and no other', async () => {
      await withThree((uids, { folder }) => folder.markRead([uids[1] ?? 0, 99], soon()));
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['one', 'three', 'two*']);
    });

    test('move these letters to a folder that is made with its parents, and their bytes go along', async () => {
      await withThree(async (uids, { connector, folder }) => {
        for (let times = 0; times < 2; times += 1) await connector.createFolder(archive, soon());
        const again = await connector.openForChange('INBOX', soon());
        expect(again.uidValidity).toBe(folder.uidValidity);
        await again.move([uids[0] ?? 0, 99, uids[2] ?? 0], archive, soon());
        expect(await presentNow(connector, uids)).toEqual([uids[1]]);
      });
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['two']);
      const moved = (await at.desk.held(archive)) ?? [];
      expect(moved.map(({ raw }) => raw.toString()).toSorted()).toEqual([plain('one'), plain('three')].toSorted());
    });

    test('to a folder that is not there move nothing, and say which', async () => {
      await withThree(async (uids, { folder }) => {
        const failure = await failureOf(folder.move([uids[0] ?? 0], 'Nowhere', soon()));
        expect([failure.code, failure.params.folder]).toEqual(['folder.gone', 'Nowhere']);
      });
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['one', 'three', 'two']);
    });

    test('pass over what somebody else has taken away meanwhile', async () => {
      await withThree(async (uids, { connector, folder }) => {
        await at.desk.takeAway('INBOX', 'one');
        await folder.markRead(uids, soon());
        await folder.delete([uids[0] ?? 0, uids[1] ?? 0], soon());
        expect(await presentNow(connector, uids)).toEqual([uids[2]]);
      });
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['three*']);
    });

    test('do not touch a letter where somebody else has moved it', async () => {
      await at.desk.put('Done', [plain('other')]);
      await withThree(async (uids, { folder }) => {
        await at.desk.moveAway('INBOX', 'one', 'Done');
        await folder.markRead([uids[0] ?? 0], soon());
        await folder.delete([uids[0] ?? 0], soon());
      });
      expect(namesIn(await at.desk.held('Done'))).toEqual(['one', 'other']);
      expect(namesIn(await at.desk.held('INBOX'))).toEqual(['three', 'two']);
    });

    test('find a letter by its Message-ID, also one with signs that a search has for itself', async () => {
      await withThree(async (uids, { connector }) => {
        const hard = `o'neil+"a b"(1)%`;
        await at.desk.put('INBOX', [plain('four').replace('<four@', `<${hard}@`)]);
        await connector.folderStates(['INBOX'], soon());
        const opened = await connector.openFolder('INBOX', soon());
        const [four = 0] = await uidsIn(opened, uids[2]);
        const folder = await connector.openForChange('INBOX', soon());
        const found = async (id: string) => [...(await folder.findByMessageId(`<${id}@elsewhere.example>`, soon()))];
        expect([await found('two'), await found(hard), await found('wo')]).toEqual([[uids[1]], [four], []]);
      });
    });
  });

  describe('folders', () => {
    const at = receivingAt(openRoom);

    test('the inbox is there by its name and role', async () => {
      const folders = await at.connected((connector) => connector.listFolders(soon()));
      const inbox = folders.find(({ role }) => role === 'inbox');
      expect(inbox).toMatchObject({ path: 'INBOX', selectable: true });
      expect(folders.filter(({ role }) => role === 'inbox')).toHaveLength(1);
      if (inboxAlone) expect(folders).toEqual([inbox]);
    });

    test('one that is not there is named, and left out where states are asked for', async () => {
      await at.connected(async (connector) => {
        const failure = await failureOf(connector.openFolder('Nowhere', soon()));
        expect([failure.code, failure.params.folder]).toEqual(['folder.gone', 'Nowhere']);
        const { states } = await connector.folderStates(['Nowhere', 'INBOX'], soon());
        expect([...states.keys()]).toEqual(['INBOX']);
      });
    });

    if (inboxAlone) return;
    test('of any script and depth are listed, opened and lost by name', async () => {
      await at.desk.put(archive, [plain('one')]);
      await at.connected(async (connector) => {
        const folders = await connector.listFolders(soon());
        const made = folders.find(({ path }) => path === archive);
        expect(made).toMatchObject({ name: 'R&D «Склад»', separator: '/', role: null, selectable: true });
        expect((await connector.openFolder(archive, soon())).exists).toBe(1);
      });
      await at.desk.removeFolder(archive);
      await at.connected(async (connector) => {
        expect((await connector.listFolders(soon())).map(({ path }) => path)).not.toContain(archive);
        expect((await failureOf(connector.openFolder(archive, soon()))).code).toBe('folder.gone');
      });
    });
  });
}

/** Of the folder opened anew: over Exchange and Graph it is as it was then. */
async function presentNow(connector: IncomingConnector, uids: readonly number[]): Promise<readonly number[]> {
  await connector.folderStates(['INBOX'], soon());
  return [...(await (await connector.openForChange('INBOX', soon())).present(uids, soon()))];
}

interface Parts {
  readonly connector: IncomingConnector;
  readonly folder: ChangeableFolder;
}
