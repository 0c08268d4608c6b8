import { afterAll, describe, expect, test } from 'vitest';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox, OutgoingEndpoint } from '../../src-shared/domain/mailbox.ts';
import { startDouble as startGraph } from '../connectors/graph-desk.ts';
import { connectorsFor, failureOf } from '../connectors/sign-in.ts';
import { makeProfile, openCollecting } from '../faults/collecting-console.ts';
import { graphSettings } from '../faults/graph-console.ts';
import { settingsFor as oauthFor, type SignInDesk, signInDesk } from '../sign-in/sign-in-desk.ts';
import { clientSecret } from '../support/graph/graph-double.ts';
import { startJudgedDovecot } from '../support/judged-dovecot.ts';
import { addMailbox, letter, openConsole, settingsFor, soon, type TestConsole } from '../sync/open-console.ts';
import { draftOf, switchTo } from './switch-desk.ts';

const { certificates, judge, dovecot, stop } = await startJudgedDovecot();
afterAll(stop);

const opened = ({ signIns }: SignInDesk): Promise<TestConsole> =>
  openConsole({}, undefined, { signIns, extraCertificates: [certificates.caPem] });

function submission(user: string, changed: Partial<OutgoingEndpoint> = {}): OutgoingEndpoint {
  const { incoming } = settingsFor({ user, port: dovecot.submissionPort });
  const { protocol: _, ...line } = incoming;
  return { ...line, encryption: 'starttls', ...changed };
}

/** A mailbox that only sends, over SMTP with a password. */
async function addSender(console: TestConsole, user: string): Promise<Mailbox> {
  const added = await addMailbox(console, { user, port: dovecot.imapPort, collectsTickets: false });
  const sends = draftOf(added, { incoming: null, outgoing: submission(user) });
  return console.accounts.update({ ...sends, outgoingPassword: 'secret' });
}

/** Gives who it came from, as it arrived. */
async function sendOne(console: TestConsole, mailbox: Mailbox, subject: string): Promise<string> {
  const from = mailbox.settings.address;
  const signIn = await console.accounts.signInFor(mailbox.id, 'outgoing');
  const handedOver = { from, to: ['vera@firma.test'], raw: Buffer.from(letter(subject)) };
  await connectorsFor([certificates.caPem]).submitLetter(signIn, handedOver, soon());
  const sent = await dovecot.relay.next(({ raw }) => raw.includes(`Subject: ${subject}\r\n`), soon());
  return sent.from;
}

test('a mailbox that only sends, from SMTP to Graph and back: tried by signing in, and not switched to what refuses it', async () => {
  const graph = await startGraph(certificates);
  try {
    const desk = signInDesk(certificates.caPem, { login: 'nobody@company.example' });
    await using console = await opened(desk);
    const mailbox = await addSender(console, 'bob');
    const { switches } = console.accounts;

    const { incoming, oauth } = graphSettings(graph);
    const draft = (secret: string): MailboxDraft => ({
      ...draftOf(mailbox, { outgoing: { ...incoming, protocol: 'graph' }, oauth }),
      providerSignIn: { signInId: null, clientSecret: secret, secretOf: null },
    });
    await switches.prepare(draft('not the secret'));
    expect((await failureOf(switches.try(mailbox.id, soon()))).code).toMatch(/^(auth|sign-in)\./);
    expect((await failureOf(switches.apply(mailbox.id, false))).code).toBe('switch.not-tried');

    const { trial } = await switchTo(console, mailbox, draft(clientSecret));
    expect(trial).toMatchObject({ folders: [] });
    expect((await console.accounts.get(mailbox.id)).settings).toMatchObject({
      incoming: null,
      outgoing: { protocol: 'graph', signIn: 'oauth2' },
    });
    await switches.back(mailbox.id, false);
    expect((await console.accounts.get(mailbox.id)).settings).toEqual(mailbox.settings);
    // Its password came back with it.
    await switches.prepare(draftOf(mailbox, {}));
    expect(await switches.check(mailbox.id, soon())).toMatchObject({ ok: true });
    expect(graph.mistakes).toEqual([]);
  } finally {
    await graph.stop();
  }
});

test('a mailbox that only sends, from its password to the provider’s sign-in and back: a letter goes out by each', async () => {
  const address = 'teller@company.example';
  await using console = await opened(signInDesk(certificates.caPem, { login: address }));
  const mailbox = await addSender(console, 'teller');
  expect(await sendOne(console, mailbox, 'By its password')).toBe(address);

  const oauth = await oauthFor(judge, 'openid-client');
  const byToken = submission('teller', { login: address, signIn: 'oauth2' });
  const draft = draftOf(mailbox, { oauth, outgoing: byToken });
  const { signInId } = await console.accounts.signIn(draft, soon());
  await switchTo(console, mailbox, { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } });
  expect((await console.accounts.signInFor(mailbox.id, 'outgoing')).password).toBe('');
  expect(await sendOne(console, mailbox, 'By a token')).toBe(address);

  await console.accounts.switches.back(mailbox.id, false);
  expect(await console.accounts.get(mailbox.id)).toMatchObject({ settings: mailbox.settings });
  expect(await sendOne(console, mailbox, 'By its password again')).toBe(address);
});

describe('a mailbox that is loaded', () => {
  const withWayOut = async (console: TestConsole, user: string, changed: Partial<OutgoingEndpoint> = {}) => {
    const added = await addMailbox(console, { user, port: dovecot.imapPort, collectsTickets: false });
    await console.accounts.update(draftOf(added, { outgoing: submission(user, changed) }));
    return console.accounts.get(added.id);
  };
  const closed = { port: 1 };

  test('is not switched to a way out that takes nothing, however well the way in is', async () => {
    await using console = await opened(signInDesk(certificates.caPem, { login: 'nobody@company.example' }));
    const mailbox = await withWayOut(console, 'halfway');
    const { switches } = console.accounts;
    await switches.prepare(draftOf(mailbox, { outgoing: submission('halfway', closed) }));
    expect(await failureOf(switches.try(mailbox.id, soon()))).toMatchObject({
      code: 'network.unreachable',
      params: { port: 1 },
    });
    expect((await failureOf(switches.apply(mailbox.id, false))).code).toBe('switch.not-tried');
  });

  test('is switched on the way in, whatever becomes of a way out that stays as it is', async () => {
    await using console = await opened(signInDesk(certificates.caPem, { login: 'nobody@company.example' }));
    const mailbox = await withWayOut(console, 'inwards', closed);
    const { incoming } = mailbox.settings;
    if (incoming === null) throw new Error('it is loaded');
    const encrypted = { ...incoming, port: dovecot.imapsPort, encryption: 'tls' } as const;
    const { trial } = await switchTo(console, mailbox, draftOf(mailbox, { incoming: encrypted }));
    expect(trial?.folders).toMatchObject([{ path: 'INBOX', there: 0 }]);
  });
});

test('a mailbox that is received from with a token is switched to a server that takes letters with a password', async () => {
  const address = 'mixed@company.example';
  await using console = await opened(signInDesk(certificates.caPem, { login: address }));
  const added = await addMailbox(console, { user: 'mixed', port: dovecot.imapPort, collectsTickets: false });
  const byToken = { port: dovecot.imapsPort, encryption: 'tls', login: address, signIn: 'oauth2' } as const;
  const incoming = { ...added.settings.incoming, ...byToken };
  const oauth = await oauthFor(judge, 'openid-client');
  const draft = { ...draftOf(added, { oauth, incoming, outgoing: submission('mixed') }), password: 'secret' };
  const { signInId } = await console.accounts.signIn(draft, soon());
  await switchTo(console, added, { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } });
  expect(await sendOne(console, added, 'With a password beside a token')).toBe(address);
});

test('a mailbox that only sends is switched to a relay that asks for no sign-in, though it has an application', async () => {
  const address = 'relayed@company.example';
  await using console = await opened(signInDesk(certificates.caPem, { login: address }));
  const sender = await addSender(console, 'relayed');
  const oauth = await oauthFor(judge, 'openid-client');
  const byToken = draftOf(sender, { oauth, outgoing: submission('relayed', { login: address, signIn: 'oauth2' }) });
  const { signInId } = await console.accounts.signIn(byToken, soon());
  await switchTo(console, sender, { ...byToken, providerSignIn: { signInId, clientSecret: null, secretOf: null } });
  const mailbox = await console.accounts.get(sender.id);
  const open = submission('relayed', { signIn: 'none' });
  await console.accounts.switches.prepare(draftOf(mailbox, { outgoing: open }));
  expect(await console.accounts.switches.list()).toMatchObject([
    { state: 'former' },
    { state: 'prepared', connection: { outgoing: { signIn: 'none' } } },
  ]);
});

test('what is found at a prepared connection is in the log of its mailbox, and in no other', async () => {
  using place = await makeProfile();
  await using main = await openCollecting({ profile: place.profile, extraCertificates: [certificates.caPem] });
  const settings = settingsFor({ user: 'noted', port: dovecot.imapPort });
  const mailbox = await main.call('mailboxes.add', {
    draft: { settings, password: 'secret', outgoingPassword: null, mailboxId: null },
    folders: [],
    learnProviderId: null,
  });
  await main.call('switches.prepare', { draft: draftOf(mailbox, { outgoing: submission('noted', { port: 1 }) }) });
  await main.call('switches.check', { mailboxId: mailbox.id });
  await failureOf(main.call('switches.try', { mailboxId: mailbox.id }));
  const everything = { mailboxId: null, severity: 'all', words: '', since: null, until: null } as const;
  const { entries } = await main.call('logs.read', { filter: everything, limit: 100 });
  expect(entries.map(({ mailboxId, event, problem }) => [mailboxId, event, problem?.code])).toEqual([
    [mailbox.id, 'checked', 'network.unreachable'],
    [mailbox.id, 'checked', 'network.unreachable'],
  ]);
});
