import { describe, expect, test } from 'vitest';
import type { IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { codeOf, fetched, hasty, letters, over, raw, uids } from './over-maildrop.ts';
import { failureOf, pop3To, soon } from './sign-in.ts';

describe('a listing', () => {
  test.each([
    ['a line that is none', 'oops\r\n'],
    ['a number twice', '1 a\r\n1 b\r\n'],
    ['the number zero', '0 a\r\n'],
    ['a number beyond all numbers', '99999999999 a\r\n'],
  ])('with %s is no listing', async (_, lines) => {
    const replies: ScriptedMaildrop['replies'] = [[/^UIDL/, `+OK\r\n${lines}.\r\n`]];
    expect(await codeOf(over({ replies }, uids))).toBe('server.protocol');
  });

  test('is by header where the server has no UIDL, the same in the next session and whatever marks it writes into letters', async () => {
    const drop: ScriptedMaildrop = { letters, offer: ['TOP', 'USER'], replies: [[/^UIDL/, '-ERR unknown\r\n']] };
    const work = async (connector: IncomingConnector) => {
      const before = await uids(connector);
      drop.letters = letters.map((it) => ({ ...it, raw: `Status: RO\r\n${it.raw}` })).reverse();
      await connector.folderStates(['INBOX'], soon());
      return [before, await uids(connector), (await fetched(connector, [1])).map((it) => it.includes('Subject: a'))];
    };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await hasty.openIncoming(pop3To(server.port), soon());
    expect(await work(connector)).toEqual([[1, 2], [1, 2], [true]]);
    await connector.close();
    await server.stop();
  });

  test('names letters that the server leaves out by their headers, so that none is missing', async () => {
    const some = [letters[0] ?? { uidl: 'a', raw }, { uidl: null, raw: raw.replace('a', 'c') }];
    expect((await over({ letters: some }, uids)).value).toEqual([1, 2]);
  });

  test('cannot be had without UIDL and TOP, and the words say which', async () => {
    const replies: ScriptedMaildrop['replies'] = [[/^(UIDL|TOP)/, '-ERR unknown\r\n']];
    const failure = await failureOf(over({ replies }, uids));
    expect(failure).toMatchObject({ code: 'server.unsupported', params: { serverWords: 'UIDL, TOP' } });
  });

  test('of a mailbox without letters takes no UIDL', async () => {
    const { value, received } = await over({ letters: [] }, uids);
    expect([value, received.includes('UIDL')]).toEqual([[], false]);
  });
});

test('two letters of one name are two letters', async () => {
  const twins = [letters[0], letters[0], letters[1]].map((letter) => ({ uidl: 'same', raw: letter?.raw ?? '' }));
  expect((await over({ letters: twins }, uids)).value).toEqual([1, 2, 3]);
});
