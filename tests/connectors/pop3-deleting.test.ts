import { describe, expect, test } from 'vitest';
import type { IncomingConnector, Refusals } from '../../src-main/connectors/connectors.ts';
import { type ScriptedMaildrop, serveMaildrop } from '../support/scripted-maildrop.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { codeOf, fetched, hasty, letters, over, raw } from './over-maildrop.ts';
import { pop3To, soon } from './sign-in.ts';

describe('deleting', () => {
  const remove = async (connector: IncomingConnector): Promise<Refusals> =>
    (await connector.openForChange('INBOX', soon())).delete([1, 2], soon());
  const codesOf = (refusals: Refusals) => [...refusals].map(([uid, { code }]) => [uid, code]);

  test('is done when QUIT is answered', async () => {
    expect((await over({}, remove)).left).toEqual([]);
  });

  test.each<readonly [string, ScriptedMaildrop['replies'] & object, string]>([
    ['the line breaks before QUIT', [[/^DELE 2/, async (line) => line.reset()]], 'network.dropped'],
    ['the server says nothing to DELE', [[/^DELE 2/, (line) => line.stall()]], 'network.timeout'],
    ['a DELE is answered with nonsense', [[/^DELE 2/, 'what\r\n']], 'server.protocol'],
    ['the server is in trouble', [[/^DELE 2/, '-ERR [SYS/TEMP] later\r\n']], 'server.unavailable'],
  ])('where %s, nothing is deleted', async (_, replies, code) => {
    const drop: ScriptedMaildrop = { letters, replies };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await hasty.openIncoming(pop3To(server.port), soon());
    expect(await codeOf(remove(connector))).toBe(code);
    await connector.close();
    await server.stop();
    expect(server.received()).not.toContain('QUIT');
    expect(drop.letters).toEqual(letters);
  });

  test('is not known to be done where QUIT is not answered, or answered with a no', async () => {
    for (const [reply, code] of [
      [async (line: ScriptedLine) => line.reset(), 'network.dropped'],
      ['-ERR some deleted messages not removed\r\n', 'server.unavailable'],
    ] as const)
      expect(await codeOf(over({ replies: [[/^QUIT/, reply]] }, remove))).toBe(code);
  });

  test('is not left to a server that deletes with QUIT whatever was retrieved', async () => {
    for (const [expire, said] of [
      ['EXPIRE 0', false],
      ['EXPIRE NEVER', true],
    ] as const) {
      const drop: ScriptedMaildrop = { letters, offer: ['UIDL', 'TOP', 'USER', expire] };
      const server = await startScriptedServer((line) => serveMaildrop(line, drop));
      const connector = await hasty.openIncoming(pop3To(server.port), soon());
      expect(await fetched(connector)).toHaveLength(2);
      await connector.close();
      await server.stop();
      expect(server.received().includes('QUIT')).toBe(said);
    }
  });

  test('of one that is refused leaves it there, deletes the others, and says so', async () => {
    const drop: ScriptedMaildrop = { letters, replies: [[/^DELE 1/, '-ERR not this one\r\n']] };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await hasty.openIncoming(pop3To(server.port), soon());
    expect(codesOf(await remove(connector))).toEqual([[1, 'server.refused']]);
    await connector.close();
    await server.stop();
    expect(drop.letters).toEqual([letters[0]]);
  });

  test('is refused for letters that the server calls by one name, and the others are deleted', async () => {
    const twins = [...letters, { uidl: 'c', raw }, { uidl: 'c', raw }];
    const drop: ScriptedMaildrop = { letters: twins };
    const server = await startScriptedServer((line) => serveMaildrop(line, drop));
    const connector = await hasty.openIncoming(pop3To(server.port), soon());
    const folder = await connector.openForChange('INBOX', soon());
    expect(codesOf(await folder.delete([1, 3, 4], soon()))).toEqual([
      [3, 'server.unsupported'],
      [4, 'server.unsupported'],
    ]);
    await connector.close();
    await server.stop();
    expect(drop.letters).toEqual([letters[1], ...twins.slice(2)]);
  });
});
