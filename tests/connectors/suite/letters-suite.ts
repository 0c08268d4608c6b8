import { describe, expect, test } from 'vitest';
import { generateMailbox } from '../../bench/generate-mailbox.ts';
import { soon } from '../sign-in.ts';
import { type DeskRoom, namesIn, plain } from './desk.ts';
import { all, openedAnew, receivingAt, uidsIn } from './receiving.ts';

/** What protocols and libraries are easily broken by. */
const oddities: readonly (string | Buffer)[] = [
  '.',
  '..\r\n.\r\n',
  'five.\r\n.\r\nsix.\r\n.\r\n',
  'bare\rreturns\r.\rand\n\nfeeds\r\n',
  Buffer.from('\xcb\xcf\xc9-8 and \xcf\xe8\xf1\xfc\xec\xee \x01\xff\r\n', 'latin1'),
  `${'x'.repeat(70_000)}\r\n.${'y'.repeat(70_000)}\r\n`,
  '',
  '* 1 FETCH (UID 1 FLAGS ())\r\nA1 OK done\r\n)\r\n+OK 3 octets\r\n-ERR no\r\n',
  '<?xml version="1.0"?></t:MimeContent></s:Envelope>]]>&lt;\r\n',
  '{"error":{"code":"ErrorItemNotFound"}}\r\n\r\n\r\n',
];

const odd = oddities.map((text, at) => Buffer.concat([Buffer.from(plain(`odd${at}`, '')), Buffer.from(text)]));
const bare = [Buffer.from('Subject: without text'), Buffer.from('no header at all\r\nbut lines\r\n')];
const generated = [...generateMailbox({ seed: 'suite', letters: 50, sizes: 'small' })].map(({ raw }) => raw);

/** What every protocol gives of the letters that lie on a server. */
export function lettersSuite(openRoom: () => Promise<DeskRoom>): void {
  describe('letters', () => {
    const at = receivingAt(openRoom);

    test('are numbered as they came; asked again, those that came since have higher numbers and the others their own', async () => {
      await at.desk.put(
        'INBOX',
        ['one', 'two', 'three'].map((name) => plain(name)),
      );
      await at.connected(async (connector) => {
        const first = await openedAnew(connector, 'INBOX');
        const before = await uidsIn(first);
        expect([before.length, first.exists]).toEqual([3, 3]);
        expect(before).toEqual(before.toSorted((one, other) => one - other));
        await at.desk.put('INBOX', [plain('four')]);
        const again = await openedAnew(connector, 'INBOX');
        expect(again.uidValidity).toBe(first.uidValidity);
        expect((await uidsIn(again)).slice(0, 3)).toEqual(before);
        const since = await uidsIn(again, before.at(-1));
        const [four] = await all(again.fetchLetters(since, soon()));
        expect([since.length, Buffer.from(four?.raw ?? []).toString()]).toEqual([1, plain('four')]);
      });
    });

    test('come byte for byte as the server holds them, whatever is in them', async () => {
      const letters = [...odd, ...bare, ...generated];
      await at.desk.put('INBOX', letters);
      const came = await at.connected(async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        return all(folder.fetchLetters(await uidsIn(folder), soon()));
      });
      const served = letters.map((raw) => at.room.asServed?.(raw) ?? raw);
      expect(came).toHaveLength(letters.length);
      for (const [nth, { raw }] of came.entries())
        expect(Buffer.from(raw).toString('latin1'), `letter ${nth}`).toBe(served[nth]?.toString('latin1'));
    });

    test('of megabytes come whole, between small ones', async () => {
      const large = plain('large', 'abcdefghijklmnopqrstuvwxyz0123456789\r\n'.repeat(80_000));
      await at.desk.put('INBOX', [plain('one'), large, plain('two')]);
      await at.connected(async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        const uids = await uidsIn(folder);
        const came = await all(folder.fetchLetters(uids, soon()));
        expect(came.map(({ raw }) => raw.length)).toEqual([plain('one'), large, plain('two')].map((raw) => raw.length));
        expect(Buffer.from(came[1]?.raw ?? []).equals(Buffer.from(large))).toBe(true);
        const sizes = await folder.listSizes(uids, soon());
        expect([...sizes.keys()].toSorted()).toEqual(uids);
        expect(sizes.get(uids[1] ?? 0)).toBeGreaterThan(2_500_000);
      });
    });

    test('that are not there are left out, and the others come', async () => {
      await at.desk.put('INBOX', [plain('one'), plain('two')]);
      await at.connected(async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        const uids = await uidsIn(folder);
        const came = await all(folder.fetchLetters([...uids, 99], soon()));
        expect(came.map(({ uid }) => uid)).toEqual(uids);
        expect([...(await folder.listSizes([...uids, 99], soon())).keys()]).toEqual(uids);
        expect(await folder.fetchHeader(99, soon())).toBeNull();
      });
    });

    test('show their header and size without their text', async () => {
      const raw = plain('large', 'x'.repeat(100_000));
      await at.desk.put('INBOX', [raw]);
      await at.connected(async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        const [uid = 0] = await uidsIn(folder);
        const header = await folder.fetchHeader(uid, soon());
        expect(Buffer.from(header?.header ?? []).toString()).toBe(plain('large', ''));
        expect(header?.size).toBeGreaterThan(100_000);
      });
    });

    test('are not marked by being read', async () => {
      await at.desk.put('INBOX', [plain('one'), plain('two')]);
      await at.connected(async (connector) => {
        const folder = await connector.openFolder('INBOX', soon());
        const uids = await uidsIn(folder);
        await all(folder.fetchLetters(uids, soon()));
        await folder.fetchHeader(uids[0] ?? 0, soon());
        if (at.room.inboxAlone) expect(folder.listUnreadUids).toBeUndefined();
        else expect([...((await folder.listUnreadUids?.(soon())) ?? [])]).toEqual(uids);
      });
      // What a server makes of RETR is its own matter: Dovecot marks.
      if (!at.room.inboxAlone) expect(namesIn(await at.desk.held('INBOX'))).toEqual(['one', 'two']);
    });
  });
}
