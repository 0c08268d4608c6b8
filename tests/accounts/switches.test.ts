import { afterAll, describe, expect, test } from 'vitest';
import { createHttpsClient } from '../../src-main/net/https-client.ts';
import { createTrust } from '../../src-main/net/tls.ts';
import { createSignIns } from '../../src-main/sign-in/sign-in.ts';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { ReceivingMailbox } from '../../src-shared/domain/mailbox-directions.ts';
import type { MailboxSwitch } from '../../src-shared/domain/mailbox-switch.ts';
import { bob as bobAtExchange, startDouble as startExchange } from '../connectors/exchange-desk.ts';
import { bob, startDouble as startGraph } from '../connectors/graph-desk.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { graphSettings } from '../faults/graph-console.ts';
import { settingsFor as oauthFor, signInDesk } from '../sign-in/sign-in-desk.ts';
import { addFolder, addItem, distinguishedFolder } from '../support/exchange/mailboxes.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { clientSecret } from '../support/graph/graph-double.ts';
import { startJudgedDovecot } from '../support/judged-dovecot.ts';
import { addMailbox, letter, loadOnce, openConsole, soon, subjectsOf, type TestConsole } from '../sync/open-console.ts';
import { balanceOf, draftOf, even, put, switchTo } from './switch-desk.ts';

const { certificates, judge, dovecot, stop } = await startJudgedDovecot();
afterAll(stop);

const day = 86_400_000;
const stateOf = async ({ accounts: { switches } }: TestConsole): Promise<MailboxSwitch['state'][]> =>
  (await switches.list()).map(({ state }) => state);

describe('from a password to the provider’s sign-in at the same server', () => {
  const address = 'mover@company.example';
  const opened = (now?: () => number) => {
    const desk = signInDesk(certificates.caPem, { login: address });
    return openConsole({}, now, { signIns: desk.signIns, extraCertificates: [certificates.caPem] });
  };
  async function draftByToken(console: TestConsole, mailbox: ReceivingMailbox): Promise<MailboxDraft> {
    const oauth = await oauthFor(judge, 'openid-client');
    const byToken = { port: dovecot.imapsPort, encryption: 'tls', login: address, signIn: 'oauth2' } as const;
    const draft = draftOf(mailbox, { oauth, incoming: { ...mailbox.settings.incoming, ...byToken } });
    const { signInId } = await console.accounts.signIn(draft, soon());
    return { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } };
  }

  test('nothing is lost or doubled, there and back; the old password is kept for thirty days and no longer', async () => {
    let now = Date.now();
    await using console = await opened(() => now);
    put(dovecot, 'mover', ['one', 'two', 'three']);
    const mailbox = await addMailbox(console, { user: 'mover', port: dovecot.imapPort });
    await loadOnce(console, mailbox);
    const { switches } = console.accounts;
    const draft = await draftByToken(console, mailbox);
    await switches.prepare(draft);
    expect(await switches.check(mailbox.id, soon())).toMatchObject({ ok: true });
    // The running connection is as it was.
    expect(await console.accounts.get(mailbox.id)).toEqual(mailbox);
    expect(await switches.try(mailbox.id, soon())).toMatchObject({
      trial: { folders: [{ path: 'INBOX', here: 3, loaded: 3, there: 3, sampled: 3, same: 3, alike: 0 }] },
    });
    expect(await balanceOf(console, mailbox)).toEqual(even(3));

    await switches.apply(mailbox.id, false);
    put(dovecot, 'mover', ['four']);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1, onServer: 4 }] });
    expect(await balanceOf(console, mailbox)).toEqual(even(4));
    expect((await console.accounts.get(mailbox.id)).settings.incoming?.signIn).toBe('oauth2');

    await switches.back(mailbox.id, false);
    put(dovecot, 'mover', ['five']);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1 }] });
    expect(await balanceOf(console, mailbox)).toEqual(even(5));
    expect((await console.accounts.get(mailbox.id)).settings).toEqual(mailbox.settings);

    // What was left lies ready: once more, and this time for good.
    expect(await stateOf(console)).toEqual(['prepared']);
    await switches.apply(mailbox.id, false);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0 }] });
    now += 29 * day;
    await switches.sweep();
    expect([...console.secrets.values()]).toContain('secret');
    now += 2 * day;
    await switches.sweep();
    expect([...console.secrets.keys()].map((entry) => entry.split(' ')[0])).toEqual(['grant']);
    expect(await stateOf(console)).toEqual([]);
    expect((await failureOf(switches.back(mailbox.id, false))).code).toBe('switch.none');
    await console.accounts.remove(mailbox.id, true);
    expect([...console.secrets.keys()]).toEqual([]);
  });

  test('a mailbox that is removed takes the secrets of all its connections along', async () => {
    await using console = await opened();
    put(dovecot, 'mover', ['one']);
    const mailbox = await addMailbox(console, { user: 'mover', port: dovecot.imapPort });
    await switchTo(console, mailbox, await draftByToken(console, mailbox));
    await console.accounts.switches.prepare({ ...draftOf(mailbox, {}), password: 'another' });
    expect(console.secrets.size).toBe(3);
    await console.accounts.remove(mailbox.id, true);
    expect(console.secrets.size).toBe(0);
  });

  test('what is prepared without a sign-in, or not tried, or discarded, is not switched to', async () => {
    await using console = await opened();
    const mailbox = await addMailbox(console, { user: 'mover', port: dovecot.imapPort });
    const { switches } = console.accounts;
    const draft = await draftByToken(console, mailbox);
    const { providerSignIn: _done, ...unsigned } = draft;
    expect((await failureOf(switches.prepare(unsigned))).code).toBe('auth.sign-in-missing');
    const elsewhere = { ...mailbox.settings.incoming, host: '127.0.0.1' };
    // A password is shown to no other host than it was typed for.
    expect((await failureOf(switches.prepare(draftOf(mailbox, { incoming: elsewhere })))).code).toBe(
      'vault.secret-missing',
    );
    expect((await failureOf(switches.apply(mailbox.id, false))).code).toBe('switch.none');
    await switches.prepare(draft);
    expect((await failureOf(switches.apply(mailbox.id, false))).code).toBe('switch.not-tried');
    await switches.drop(mailbox.id);
    expect([...console.secrets]).toEqual([[`incoming ${mailbox.id}`, 'secret']]);
    expect(await console.accounts.get(mailbox.id)).toEqual(mailbox);
  });
});

test('from IMAP to POP3 and back: what POP3 cannot show stays as it was loaded, and what was wished comes back', async () => {
  await using console = await openConsole();
  put(dovecot, 'dropper', ['one', 'two']);
  put(dovecot, 'dropper', ['apart'], 'Projects');
  const wish = { user: 'dropper', port: dovecot.imapPort, folders: ['INBOX', 'Projects'] };
  const mailbox = await addMailbox(console, { ...wish, loading: { newMail: 'unread' } });
  await loadOnce(console, mailbox);
  const incoming = { ...mailbox.settings.incoming, protocol: 'pop3', port: dovecot.pop3Port } as const;
  const { trial } = await switchTo(console, mailbox, draftOf(mailbox, { incoming }));
  expect(trial?.folders).toMatchObject([
    { path: 'INBOX', here: 2, there: 2, same: 2 },
    { path: 'Projects', pathThere: null, there: null },
  ]);
  expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 2 }] });
  expect(await subjectsOf(console, mailbox)).toHaveLength(3);
  await console.accounts.switches.back(mailbox.id, false);
  expect((await console.accounts.get(mailbox.id)).settings).toEqual(mailbox.settings);
  const report = await loadOnce(console, mailbox);
  expect(report).toMatchObject({ problem: null, unexplained: 0 });
  expect(report.folders.map(({ path, fresh }) => [path, fresh])).toEqual([
    ['INBOX', 0],
    ['Projects', 0],
  ]);
  expect((await subjectsOf(console, mailbox)).sort()).toEqual(['apart', 'one', 'two']);
});

test('from IMAP to Exchange Web Services and back, with all folders: each is known by its path and loaded on', async () => {
  const exchange = await startExchange();
  try {
    await using console = await openConsole();
    const [one, two, apart] = [{ raw: letter('one') }, { raw: letter('two') }, { raw: letter('apart') }] as const;
    fillMaildir(dovecot, 'bob', 'INBOX', [one, two]);
    fillMaildir(dovecot, 'bob', 'Projects', [apart]);
    const wish = { user: 'bob', port: dovecot.imapPort, folders: ['INBOX', 'Projects'], collectsTickets: false };
    const mailbox = await addMailbox(console, { ...wish, loading: { folders: 'all' } });
    await loadOnce(console, mailbox);
    expect(await balanceOf(console, mailbox)).toEqual(even(3));

    for (const item of [one, two]) addItem(exchange.folder(bobAtExchange.address), item);
    const box = exchange.mailbox(bobAtExchange.address);
    const projects = addFolder(box, { parentId: distinguishedFolder(box, 'msgfolderroot').id, name: 'Projects' });
    addItem(projects, apart);
    const { incoming: before } = mailbox.settings;
    const there = { protocol: 'ews', port: exchange.port, exchange: { ...newExchange, windows: false } } as const;
    const { trial } = await switchTo(console, mailbox, draftOf(mailbox, { incoming: { ...before, ...there } }));
    expect(trial?.folders.map(({ path, pathThere, same }) => [path, pathThere, same])).toEqual([
      ['INBOX', 'INBOX', 2],
      ['Archive', null, 0],
      ['Projects', 'Projects', 1],
    ]);
    addItem(projects, { raw: letter('apart, later') });
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
    expect(await balanceOf(console, mailbox)).toEqual(even(4));

    await console.accounts.switches.back(mailbox.id, false);
    put(dovecot, 'bob', ['three']);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
    expect((await subjectsOf(console, mailbox)).sort()).toEqual(['apart', 'apart, later', 'one', 'three', 'two']);
    expect(exchange.schemaFaults).toEqual([]);
  } finally {
    await exchange.stop();
  }
});

test('from Exchange Web Services to Graph: letters that Graph writes otherwise are known all the same, there and back', async () => {
  const [exchange, graph] = await Promise.all([startExchange(), startGraph(certificates)]);
  try {
    const client = createHttpsClient({ trust: createTrust([certificates.caPem]), env: {} });
    const browserWords = () => ({ language: 'en' as const, arrived: '', refused: '' });
    const signIns = createSignIns({ ask: client, openAddress: async () => {}, browserWords });
    await using console = await openConsole({}, undefined, { signIns, extraCertificates: [certificates.caPem] });
    const raws = ['one', 'two', 'three', 'four'].map((subject) => letter(subject));
    const twice = letter('four');
    for (const raw of [...raws, twice]) addItem(exchange.folder(bob), { raw });
    // Its own boundary, its own order of lines: other bytes of the same letter.
    const rewritten = [...raws.slice(0, 2), ...raws.slice(2).map(otherwise), twice];
    for (const raw of rewritten) addItem(graph.folder(bob), { raw });

    const settings = { user: 'bob', port: exchange.port, protocol: 'ews' as const, collectsTickets: false };
    const mailbox = await addMailbox(console, { ...settings });
    const exchangeIncoming = { ...mailbox.settings.incoming, exchange: { ...newExchange, windows: false } };
    await console.accounts.update(draftOf(mailbox, { incoming: exchangeIncoming }));
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 5 }] });

    const { incoming, oauth } = graphSettings(graph);
    const draft = {
      ...draftOf(await console.accounts.get(mailbox.id), { incoming, oauth }),
      providerSignIn: { signInId: null, clientSecret, secretOf: null },
    };
    const { trial } = await switchTo(console, mailbox, draft);
    expect(trial?.folders).toMatchObject([{ here: 5, loaded: 5, there: 5, sampled: 5, same: 3, alike: 2 }]);
    addItem(graph.folder(bob), { raw: letter('five') });
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 1, onServer: 6 }] });
    const subjects = { onServer: 6, inLedger: 6, stored: 6, unexplained: 0, letters: 6, different: 5 };
    expect(await balanceOf(console, mailbox)).toEqual(subjects);
    // Names that mean nothing any more, long after: by then it is known by its new bytes.
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0 }] });

    await console.accounts.switches.back(mailbox.id, false);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ fresh: 0, onServer: 5 }] });
    expect((await subjectsOf(console, mailbox)).length).toBe(6);
    expect([exchange.schemaFaults, graph.mistakes]).toEqual([[], []]);
  } finally {
    await Promise.all([exchange.stop(), graph.stop()]);
  }
});

function otherwise(raw: string): string {
  return raw.replace('MIME-Version: 1.0\r\n', 'X-MS-Has-Attach:\r\nMIME-Version: 1.0\r\n');
}
