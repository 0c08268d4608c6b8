import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import { addMailbox, lettersOf } from '../bad-input/main-process.ts';
import { startDouble as startExchange } from '../connectors/exchange-desk.ts';
import { bob, graphCertificates, startDouble as startGraph } from '../connectors/graph-desk.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addFolder, addItem, distinguishedFolder, type StoredMailbox } from '../support/exchange/mailboxes.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { type ScriptedMailbox, serveMailbox } from '../support/scripted-mailbox.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { type CollectingConsole, loadOne, openCollecting } from './collecting-console.ts';
import { addGraphMailbox, graphSettings } from './graph-console.ts';
import { numbered } from './scripted-inbox.ts';
import { smallLetter } from './small-letter.ts';

const folders = ['Bad', 'INBOX', 'Later'];

/** A letter in each of the folders; ids of those that are to go wrong. */
function fill(mailbox: StoredMailbox): ReadonlyMap<string, string> {
  const inbox = distinguishedFolder(mailbox, 'inbox');
  const others = ['Bad', 'Later'].map((name) => addFolder(mailbox, { parentId: inbox.parentId, name }));
  for (const folder of [inbox, ...others]) addItem(folder, { raw: smallLetter(folder.name) });
  return new Map([inbox, ...others].map(({ name, id }) => [name, id]));
}

const problemsOf = (report: Awaited<ReturnType<typeof loadOne>>) =>
  Object.fromEntries(report.folders.map(({ path, problem }) => [path, problem?.code ?? null]));
const shownOf = async ({ call }: CollectingConsole) => (await call('loading.status', undefined))[0]?.problem?.code;

describe('over Exchange', () => {
  let double: ExchangeDouble;
  let ids: ReadonlyMap<string, string>;
  beforeEach(async () => {
    double = await startExchange();
    ids = fill(double.mailbox('bob@company.example'));
  });
  afterEach(async () => {
    await double.stop();
    expect(double.schemaFaults).toEqual([]);
  });
  const add = (main: CollectingConsole, ticked: readonly string[] = folders) =>
    addMailbox(main, {
      user: 'bob',
      port: double.port,
      endpoint: { protocol: 'ews', exchange: { ...newExchange, windows: true } },
      folders: ticked,
    });
  const failing = (code: string, paths: readonly string[]) => {
    const wrong = paths.map((path) => ids.get(path === 'INBOX' ? 'Inbox' : path) ?? '-');
    double.faults = (operation, body) =>
      operation === 'SyncFolderItems' && wrong.some((id) => body.includes(id)) ? { kind: 'response', code } : null;
  };

  test.each([
    ['ErrorCorruptData', 'server.refused'],
    ['ErrorFolderCorrupt', 'server.refused'],
    ['ErrorAccessDenied', 'exchange.no-access'],
    ['ErrorInternalServerError', 'server.unavailable'],
  ])('a folder whose listing ends with %s is that folder’s problem, and the others come', async (code, problem) => {
    await using main = await openCollecting();
    const mailbox = await add(main);
    failing(code, ['Bad']);
    const report = await loadOne(main, mailbox);
    expect(report.problem).toBe(null);
    expect(problemsOf(report)).toEqual({ Bad: problem, INBOX: null, Later: null });
    expect(await lettersOf(main, mailbox)).toHaveLength(2);
    double.faults = () => null;
    expect(problemsOf(await loadOne(main, mailbox))).toEqual({ Bad: null, INBOX: null, Later: null });
    expect(await lettersOf(main, mailbox)).toHaveLength(3);
  });

  test.each([[folders], [['INBOX']]])(
    'a server that has no answer for %j, all there is, is tried again by itself',
    async (ticked) => {
      await using main = await openCollecting();
      const mailbox = await add(main, ticked);
      failing('ErrorInternalServerError', ticked);
      expect((await loadOne(main, mailbox)).problem?.code).toBe('server.unavailable');
    },
  );

  test('a mailbox of which no folder can be had says so, and its next pass comes as usual', async () => {
    await using main = await openCollecting();
    const mailbox = await add(main, ['INBOX']);
    failing('ErrorCorruptData', ['INBOX']);
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
    expect(await shownOf(main)).toBe('server.refused');
  });

  test.each(['ErrorCorruptData', 'ErrorFolderPropertRequestFailed'])(
    'what the server keeps for drafts and cannot show (%s) hides no folder',
    async (code) => {
      await using main = await openCollecting();
      const mailbox = await add(main);
      double.faults = (operation, body) =>
        operation === 'GetFolder' && body.includes('"drafts"') ? { kind: 'response', code } : null;
      expect((await loadOne(main, mailbox)).problem).toBe(null);
      expect(await lettersOf(main, mailbox)).toHaveLength(3);
    },
  );
});

describe('over Graph', () => {
  const certificates = graphCertificates();
  afterAll(() => certificates[Symbol.dispose]());
  let double: GraphDouble;
  let ids: ReadonlyMap<string, string>;
  beforeEach(async () => {
    double = await startGraph(certificates);
    ids = fill(double.mailbox(bob));
  });
  afterEach(async () => {
    await double.stop();
    expect(double.mistakes).toEqual([]);
  });

  test.each([
    [400, 'ErrorFolderCorrupt', 'server.refused'],
    [403, 'ErrorAccessDenied', 'graph.no-access'],
    [500, 'ErrorInternalServerError', 'server.unavailable'],
  ])(
    'a folder whose listing ends with %s %s is that folder’s problem, and the others come',
    async (status, code, problem) => {
      await using main = await openCollecting({ extraCertificates: [certificates.caPem] });
      const mailbox = await addGraphMailbox(main, graphSettings(double), { folders });
      const id = encodeURIComponent(ids.get('Bad') ?? '-');
      double.faults = (name, url) => (name === 'delta' && url.includes(id) ? { kind: 'http', status, code } : null);
      const report = await loadOne(main, mailbox);
      expect(report.problem).toBe(null);
      expect(problemsOf(report)).toEqual({ Bad: problem, INBOX: null, Later: null });
      expect(await lettersOf(main, mailbox)).toHaveLength(2);
    },
  );
});

test('a server that says goodbye while a folder is opened speaks of no folder: the pass has failed, and is made again', async () => {
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered([smallLetter('one')]) };
  const server = await startScriptedServer((line) =>
    serveMailbox(line, box, async ({ text }) => {
      if (!/^(EXAMINE|SELECT) "?Later/.test(text)) return false;
      await line.send('* BYE Maintenance\r\n');
      line.end();
      return true;
    }),
  );
  {
    await using main = await openCollecting();
    const mailbox = await addMailbox(main, { user: 'bye', port: server.port, folders: ['INBOX', 'Later'] });
    expect(await loadOne(main, mailbox)).toMatchObject({ problem: { code: 'server.unavailable' } });
  }
  await server.stop();
});
