import { describe, expect, test } from 'vitest';
import type { IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { serveUntil } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);
const offer = 'IMAP4rev1 UIDPLUS';

/** Everything that can be asked of a connection, in the order of a pass with its effects. */
async function all(connector: IncomingConnector): Promise<void> {
  await connector.listFolders(soon());
  await connector.folderStates(['INBOX'], soon());
  const inbox = await connector.openFolder('INBOX', soon());
  await inbox.listUids({ afterUid: 0, since: null }, soon());
  await inbox.fetchHeader(9, soon());
  await connector.createFolder('Done', soon());
  const changeable = await connector.openForChange('INBOX', soon());
  await changeable.present([9], soon());
  await changeable.move([9], 'Done', soon());
}

const steps = [
  'CAPABILITY',
  'LOGIN',
  'LIST',
  'STATUS',
  'EXAMINE',
  'UID SEARCH',
  'UID FETCH',
  'CREATE',
  'SUBSCRIBE',
  'SELECT',
  'NOOP',
  'UID COPY',
  'UID STORE',
  'UID EXPUNGE',
] as const;

const endings: readonly (readonly [string, (line: ScriptedLine) => Promise<void> | void, string])[] = [
  ['says BYE and leaves', (line) => line.send('* BYE Maintenance\r\n'), 'server.unavailable'],
  ['breaks the line', (line) => line.reset(), 'network.dropped'],
  ['says nothing more', (line) => line.stall(), 'network.timeout'],
];

describe.each(endings)('a server that %s', (_, end, code) => {
  test.each(steps)('at %s ends the call by name, and what is called afterwards', async (step) => {
    const server = await startScriptedServer(async (line) => {
      await serveUntil(line, new RegExp(`^${step}`), { offer });
      await end(line);
    });
    let connector: IncomingConnector | undefined;
    const work = hasty.openIncoming(signInTo(server.port), soon()).then((opened) => {
      connector = opened;
      return all(opened);
    });
    expect((await failureOf(work)).code).toBe(code);
    if (connector !== undefined) {
      expect((await failureOf(connector.openForChange('INBOX', soon()))).code).toMatch(/^(network|server)\./);
      await connector.close();
    }
    await server.stop();
  });
});

test('control: the same server that stays answers all of it', async () => {
  const server = await startScriptedServer((line) => serveUntil(line, /^LOGOUT/, { offer }).then(() => {}));
  const connector = await hasty.openIncoming(signInTo(server.port), soon());
  await all(connector);
  await connector.close();
  await server.stop();
  for (const step of steps) expect(server.received()).toMatch(new RegExp(`^\\S+ ${step}`, 'm'));
});

test('called off in the middle of a change: it ends at once and the line is closed', async () => {
  const stop = new AbortController();
  const server = await startScriptedServer(async (line) => {
    await serveUntil(line, /^UID STORE/, { offer });
    stop.abort();
    await line.stall();
  });
  const connector = await hasty.openIncoming(signInTo(server.port), soon());
  const folder = await connector.openForChange('INBOX', soon());
  expect((await failureOf(folder.markRead([9], stop.signal))).code).toBe('cancelled');
  expect((await failureOf(folder.markRead([9], soon()))).code).toBe('network.dropped');
  await connector.close();
  await server.stop();
});
