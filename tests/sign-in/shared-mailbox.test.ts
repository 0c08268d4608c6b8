import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { ReceivingMailbox, ReceivingSettings } from '../../src-shared/domain/mailbox-directions.ts';
import { balanceOf, draftOf, even, switchTo } from '../accounts/switch-desk.ts';
import { graphCertificates } from '../connectors/graph-desk.ts';
import { connectorsFor } from '../connectors/sign-in.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import {
  letter,
  loadOnce,
  openConsole,
  settingsFor,
  soon,
  subjectsOf,
  type TestConsole,
} from '../sync/open-console.ts';
import { settingsFor as oauthFor, signInDesk } from './sign-in-desk.ts';

// A mailbox that nobody signs in to: Anna signs in for it, and her own letters are nobody's business.
const anna = 'anna@company.example';
const support = 'support@company.example';
const certificates = graphCertificates();
let judge: SignInJudge;
let graph: GraphDouble;
let exchange: ExchangeDouble;

beforeAll(async () => {
  judge = await startSignInJudge({ certificates });
});
beforeEach(async () => {
  graph = await startGraphDouble(certificates.valid, [anna, support], (token) => {
    const address = judge.emailIn(token);
    return address === null ? null : { address, opens: address === anna ? [support] : [] };
  });
  exchange = await startExchangeDouble({
    accounts: [{ address: anna, login: 'anna', password: 'secret', opens: [support] }],
    shared: [support],
    ways: [],
    tls: certificates.valid,
    loginOf: (token) => judge.emailIn(token)?.split('@')[0] ?? null,
  });
  const [secret, common] = [letter('Private'), letter('For all of us')];
  for (const double of [graph, exchange]) {
    addItem(double.folder(anna), { raw: secret });
    addItem(double.folder(support), { raw: common });
  }
  return async () => {
    await Promise.all([graph.stop(), exchange.stop()]);
  };
});
afterAll(async () => {
  await judge.stop();
  certificates[Symbol.dispose]();
});

const console = () => {
  const { signIns } = signInDesk(certificates.caPem, { login: anna });
  return openConsole({}, undefined, { signIns, extraCertificates: [certificates.caPem] });
};

const endpoints = {
  graph: () => ({ protocol: 'graph', port: graph.port }) as const,
  ews: () => ({ protocol: 'ews', port: exchange.port }) as const,
};

async function settingsOver(
  protocol: keyof typeof endpoints,
  { library = 'openid-client', signInAs = anna }: { library?: 'openid-client' | 'msal'; signInAs?: string } = {},
): Promise<ReceivingSettings> {
  const there = endpoints[protocol]();
  const settings = settingsFor({ user: 'support', port: there.port, collectsTickets: false });
  const server = { ...settings.incoming, ...there, encryption: 'tls', login: support, signIn: 'oauth2' } as const;
  const oauth = { ...(await oauthFor(judge, library)), signInAs };
  return { ...settings, oauth, incoming: server, outgoing: server };
}

async function signedIn(console: TestConsole, draft: MailboxDraft): Promise<MailboxDraft> {
  const { signInId } = await console.accounts.signIn(draft, soon());
  return { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } };
}

async function add(console: TestConsole, settings: ReceivingSettings): Promise<ReceivingMailbox> {
  const typed: MailboxDraft = { settings, password: null, outgoingPassword: null, mailboxId: null };
  const draft = await signedIn(console, typed);
  const check = await console.accounts.check(draft, soon());
  expect(check.steps.filter(({ problem }) => problem !== null)).toEqual([]);
  const listed = await console.accounts.listServerFolders(draft, soon());
  const folders = listed.map((folder) => ({ ...folder, selected: folder.path === 'INBOX' }));
  return { ...(await console.accounts.add({ draft, folders, learnProviderId: null })), settings };
}

async function send(console: TestConsole, mailbox: Mailbox): Promise<void> {
  const signIn = await console.accounts.signInFor(mailbox.id, 'outgoing');
  const raw = Buffer.from(letter('An answer'));
  await connectorsFor([certificates.caPem]).submitLetter(signIn, { from: support, to: [anna], raw }, soon());
}

/** Whose mailboxes were asked for. */
const askedFor = () => [
  ...new Set(graph.heard.map(({ url }) => decodeURIComponent(url.split('/').slice(2, 4).join('/')))),
];

describe('a mailbox that a person signs in for', () => {
  test.each(['openid-client', 'msal'] as const)('is the one that Graph loads and sends from (%s)', async (library) => {
    await using at = await console();
    const mailbox = await add(at, await settingsOver('graph', { library }));
    expect(await loadOnce(at, mailbox)).toMatchObject({ problem: null });
    expect(await subjectsOf(at, mailbox)).toEqual(['For all of us']);
    await send(at, mailbox);
    expect(askedFor()).toEqual([`users/${support}`]);
    expect(graph.mistakes).toEqual([]);
  });

  test('is the one that Exchange loads and sends from', async () => {
    await using at = await console();
    const mailbox = await add(at, await settingsOver('ews'));
    expect(await loadOnce(at, mailbox)).toMatchObject({ problem: null });
    expect(await subjectsOf(at, mailbox)).toEqual(['For all of us']);
    await send(at, mailbox);
    expect(exchange.folder(anna, 'sentitems').items.size).toBe(0);
    expect(exchange.schemaFaults).toEqual([]);
  });

  test('is switched from one protocol to the other with its letters', async () => {
    await using at = await console();
    const mailbox = await add(at, await settingsOver('ews'));
    await loadOnce(at, mailbox);
    const { incoming, outgoing, oauth } = await settingsOver('graph');
    const { trial } = await switchTo(at, mailbox, await signedIn(at, draftOf(mailbox, { incoming, outgoing, oauth })));
    expect(trial?.folders).toMatchObject([{ path: 'INBOX', same: 1 }]);
    expect(await loadOnce(at, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
    expect(await balanceOf(at, mailbox)).toEqual(even(1));
    expect(askedFor()).toEqual([`users/${support}`]);
  });

  test('leaves the letters that came while the person’s own mailbox was opened, and begins anew', async () => {
    await using at = await console();
    const own = await settingsOver('graph', { signInAs: '' });
    const mailbox = await add(at, own);
    await loadOnce(at, mailbox);
    expect(await subjectsOf(at, mailbox)).toEqual(['Private']);
    graph.heard.length = 0;
    const settings = { ...own, oauth: own.oauth && { ...own.oauth, signInAs: anna } };
    await at.accounts.update({ ...draftOf(mailbox, settings) });
    expect(await loadOnce(at, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
    expect((await subjectsOf(at, mailbox)).sort()).toEqual(['For all of us', 'Private']);
    expect(askedFor()).toEqual([`users/${support}`]);
  });

  test('begins anew as well where it was saved like this and another version opened the person’s own', async () => {
    await using at = await console();
    const own = await settingsOver('graph', { signInAs: '' });
    const mailbox = await add(at, own);
    await loadOnce(at, mailbox);
    graph.heard.length = 0;
    const settings = { ...own, oauth: own.oauth && { ...own.oauth, signInAs: anna } };
    await at.store.call('mailboxes.put', { mailbox: { ...mailbox, settings } });
    expect(await loadOnce(at, mailbox)).toMatchObject({ problem: null, unexplained: 0 });
    expect((await subjectsOf(at, mailbox)).sort()).toEqual(['For all of us', 'Private']);
    expect(askedFor()).toEqual([`users/${support}`]);
  });
});
