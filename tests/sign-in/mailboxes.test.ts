import { afterAll, describe, expect, test } from 'vitest';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import { connectorsFor, failureOf, imapOf, pop3Of, signInTo } from '../connectors/sign-in.ts';
import { deliver } from '../support/deliver.ts';
import { startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { startJudgedDovecot } from '../support/judged-dovecot.ts';
import { startSignInJudge } from '../support/sign-in-judge.ts';
import {
  letter,
  loadOnce,
  openConsole,
  settingsFor,
  soon,
  subjectsOf,
  type TestConsole,
} from '../sync/open-console.ts';
import { settingsFor as oauthFor, type SignInDesk, signInDesk } from './sign-in-desk.ts';

const { certificates, judge, dovecot, stop } = await startJudgedDovecot({
  delegates: { 'delegate@company.example': 'shared@company.example' },
});
afterAll(stop);

interface Wish {
  readonly user: string;
  readonly protocol: 'imap' | 'pop3';
  readonly oauth: OAuthSettings;
}

function settingsWith({ user, protocol, oauth }: Wish): MailboxSettings {
  const port = protocol === 'imap' ? dovecot.imapsPort : dovecot.pop3sPort;
  const settings = settingsFor({ user, port, protocol, collectsTickets: false });
  const byToken = { encryption: 'tls', login: settings.address, signIn: 'oauth2' } as const;
  const submission = { protocol: 'smtp', port: dovecot.submissionPort, encryption: 'starttls' } as const;
  const outgoing = { ...settings.incoming, ...byToken, ...submission };
  return { ...settings, oauth, incoming: { ...settings.incoming, ...byToken }, outgoing };
}

/** As the wizard does it: sign in, check, save. */
async function addSignedIn(console: TestConsole, settings: MailboxSettings): Promise<Mailbox> {
  const draft: MailboxDraft = { settings, password: null, outgoingPassword: null, mailboxId: null };
  const { signInId } = await console.accounts.signIn(draft, soon());
  const signedIn = { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } };
  const check = await console.accounts.check(signedIn, soon());
  expect(check.steps.map(({ name, problem }) => [name, problem])).toContainEqual(['smtp-sign-in', null]);
  expect(check.steps.filter(({ problem }) => problem !== null)).toEqual([]);
  const listed = await console.accounts.listServerFolders(signedIn, soon());
  const folders = listed.map((folder) => ({ ...folder, selected: folder.path === 'INBOX' }));
  return console.accounts.add({ draft: signedIn, folders, learnProviderId: null });
}

const consoleAt = ({ signIns }: SignInDesk) =>
  openConsole({}, undefined, { signIns, extraCertificates: [certificates.caPem] });

describe.each(['openid-client', 'msal'] as const)('a mailbox with the provider’s sign-in (%s)', (library) => {
  test.each(['imap', 'pop3'] as const)('is loaded over %s, and its answers are sent', async (protocol) => {
    const user = `anna-${library}-${protocol}`;
    const address = `${user}@company.example`;
    const desk = signInDesk(certificates.caPem, { login: address });
    await using console = await consoleAt(desk);
    await deliver(dovecot, address, letter('Loaded with a token'));
    const mailbox = await addSignedIn(console, settingsWith({ user, protocol, oauth: await oauthFor(judge, library) }));
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
    expect(await subjectsOf(console, mailbox)).toEqual(['Loaded with a token']);

    const signIn = await console.accounts.signInFor(mailbox.id, 'outgoing');
    const connectors = connectorsFor([certificates.caPem]);
    const raw = Buffer.from(letter('Sent with a token'));
    await connectors.submitLetter(signIn, { from: address, to: ['vera@firma.test'], raw }, soon());
    const sent = await dovecot.relay.next(({ from }) => from === address, soon());
    expect(sent.raw.toString()).toContain('Sent with a token');
  });

  test('opens a shared mailbox with the token of a delegate, and of nobody else', async () => {
    const shared = `shared@company.example`;
    await deliver(dovecot, shared, letter('For all of us'));
    const signInAs = 'delegate@company.example';
    const oauth = { ...(await oauthFor(judge, library)), signInAs };
    const settings = settingsWith({ user: 'shared', protocol: 'imap', oauth });
    const desk = signInDesk(certificates.caPem, { login: signInAs });
    await using console = await consoleAt(desk);
    const mailbox = await addSignedIn(console, settings);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
    expect(await subjectsOf(console, mailbox)).toContain('For all of us');
    expect(desk.opened.map((address) => new URL(address).searchParams.get('login_hint'))).toEqual([signInAs]);

    const stranger = signInDesk(certificates.caPem, { login: 'stranger@company.example' });
    await using other = await consoleAt(stranger);
    const draft: MailboxDraft = { settings, password: null, outgoingPassword: null, mailboxId: null };
    const { signInId } = await other.accounts.signIn(draft, soon());
    const signedIn = { ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } };
    expect((await failureOf(other.accounts.listServerFolders(signedIn, soon()))).code).toBe('auth.rejected');
  });

  test('that was withdrawn needs a person, and after one new sign-in it catches up', async () => {
    const user = `away-${library}`;
    const address = `${user}@company.example`;
    const desk = signInDesk(certificates.caPem, { login: address });
    await using console = await consoleAt(desk);
    const mailbox = await addSignedIn(
      console,
      settingsWith({ user, protocol: 'imap', oauth: await oauthFor(judge, library) }),
    );
    desk.signIns.forget(mailbox.id);
    judge.revokeAll();
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: { code: 'auth.expired' } });
    await deliver(dovecot, address, letter('While nobody was signed in'));

    const draft: MailboxDraft = {
      settings: mailbox.settings,
      password: null,
      outgoingPassword: null,
      mailboxId: mailbox.id,
    };
    const { signInId } = await console.accounts.signIn(draft, soon());
    await console.accounts.update({ ...draft, providerSignIn: { signInId, clientSecret: null, secretOf: null } });
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null });
    expect(await subjectsOf(console, mailbox)).toEqual(['While nobody was signed in']);
  });
});

describe('a mail server judges tokens', () => {
  const connectors = () => connectorsFor([certificates.caPem]);
  const bob = { login: 'bob@company.example', signIn: 'oauth2' } as const;
  const ways = {
    imap: (token: string) => connectors().openIncoming(withToken(imapOf(dovecot, 'tls', bob), [token]), soon()),
    'imap after STARTTLS': (token: string) =>
      connectors().openIncoming(withToken(imapOf(dovecot, 'starttls', bob), [token]), soon()),
    pop3: (token: string) => connectors().openIncoming(withToken(pop3Of(dovecot, 'tls', bob), [token]), soon()),
    'pop3 after STLS': (token: string) =>
      connectors().openIncoming(withToken(pop3Of(dovecot, 'starttls', bob), [token]), soon()),
    smtp: (token: string) => {
      const signIn = withToken(signInTo(dovecot.submissionPort, 'starttls', bob), [token]);
      const raw = Buffer.from(letter('By token'));
      return connectors().submitLetter(signIn, { from: bob.login, to: ['vera@firma.test'], raw }, soon());
    },
  };

  describe.each(Object.entries(ways))('over %s', (_way, open) => {
    test('its own is taken', async () => {
      const opened = await open(judge.tokenFor(bob.login));
      if ('close' in opened) await opened.close();
    });

    test.each([
      ['that has ended', () => judge.tokenFor(bob.login, { seconds: -30 })],
      ['of another person', () => judge.tokenFor('eve@company.example')],
      ['signed by another hand', () => judge.tokenFor(bob.login, { forged: true })],
    ])('one %s is refused', async (_which, make) => {
      expect((await failureOf(Promise.resolve(open(make())))).code).toBe('auth.rejected');
    });
  });

  test('a refused token is replaced once, and then it is a refusal', async () => {
    const stale = judge.tokenFor(bob.login, { seconds: -30 });
    const fresh = judge.tokenFor(bob.login);
    const mended = withToken(imapOf(dovecot, 'tls', bob), [stale, fresh]);
    await (await connectors().openIncoming(mended, soon())).close();
    const hopeless = withToken(imapOf(dovecot, 'tls', bob), [stale, stale, fresh]);
    expect((await failureOf(connectors().openIncoming(hopeless, soon()))).code).toBe('auth.rejected');
  });
});

test('what is kept for a mailbox is shown to the authority that it is from, and to no other', async () => {
  const address = 'kept@company.example';
  const desk = signInDesk(certificates.caPem, { login: address });
  await using console = await consoleAt(desk);
  const oauth = await oauthFor(judge, 'openid-client');
  const mailbox = await addSignedIn(console, settingsWith({ user: 'kept', protocol: 'imap', oauth }));
  const elsewhere = await startSignInJudge({ certificates });
  try {
    const settings = { ...mailbox.settings, oauth: { ...oauth, issuer: elsewhere.issuer } };
    const draft: MailboxDraft = { settings, password: null, outgoingPassword: null, mailboxId: mailbox.id };
    const failure = await failureOf(console.accounts.listServerFolders(draft, soon()));
    expect(failure.code).toBe('auth.sign-in-missing');
    // Saved all the same, it has no sign-in any more.
    await console.accounts.update(draft);
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: { code: 'auth.sign-in-missing' } });
    expect(elsewhere.asked).toEqual([]);
  } finally {
    await elsewhere.stop();
  }
});

test.each(['oauthbearer', 'xoauth2'])(
  'a server that knows %s and no other way with tokens is signed in to by it, and judges the token',
  async (mechanism) => {
    const mechanisms = `${takingTokensOf(judge)}\nauth_mechanisms = plain ${mechanism}`;
    const other = await startDovecot({ extraConfig: mechanisms, certificate: certificates.valid });
    try {
      const login = 'bob@company.example';
      const connectors = connectorsFor([certificates.caPem]);
      for (const signIn of [imapOf(other, 'tls', { login }), pop3Of(other, 'tls', { login })]) {
        const opened = await connectors.openIncoming(withToken(signIn, [judge.tokenFor(login)]), soon());
        await opened.close();
        const bad = [
          judge.tokenFor(login, { seconds: -30 }),
          judge.tokenFor('eve@company.example'),
          judge.tokenFor(login, { forged: true }),
        ];
        for (const token of bad) {
          const failure = await failureOf(connectors.openIncoming(withToken(signIn, [token]), soon()));
          expect([token, failure.code]).toEqual([token, 'auth.rejected']);
        }
      }
    } finally {
      await other.stop();
    }
  },
);

/** Gives these tokens, one after another. */
function withToken<S extends ReturnType<typeof imapOf>>(signIn: S, tokens: readonly string[]): S {
  const left = [...tokens];
  return { ...signIn, password: '', askToken: async () => left.shift() ?? tokens[0] ?? '' };
}
