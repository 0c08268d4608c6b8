import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { bob, startDouble } from '../connectors/exchange-desk.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { loadOnce, openConsole, settingsFor, soon, subjectsOf, type TestConsole } from '../sync/open-console.ts';
import { settingsFor as oauthFor, signInDesk } from './sign-in-desk.ts';

const folder = temporaryFolder();
let certificates: TestCertificates;
let judge: SignInJudge;
beforeAll(async () => {
  certificates = createCertificates(folder.path);
  judge = await startSignInJudge({ certificates });
});
afterAll(async () => {
  await judge.stop();
  folder[Symbol.dispose]();
});

/** How often each token was shown; a token is no longer taken when it has been shown `life` times. */
const shown = new Map<string, number>();
let life = Number.POSITIVE_INFINITY;
let double: ExchangeDouble;
beforeEach(async () => {
  shown.clear();
  life = Number.POSITIVE_INFINITY;
  double = await startDouble({
    tls: certificates.valid,
    loginOf: (token) => {
      const times = (shown.get(token) ?? 0) + 1;
      shown.set(token, times);
      return times > life ? null : bob.login;
    },
  });
});
afterEach(async () => {
  await double.stop();
  expect(double.schemaFaults).toEqual([]);
});

const subjects = Array.from({ length: 12 }, (_, at) => `Letter ${String(at + 1).padStart(2, '0')}`);
const renewals = () => judge.asked.filter(({ grant }) => grant === 'refresh_token').map(({ status }) => status);
const inbox = {
  path: 'INBOX',
  name: 'INBOX',
  separator: '/',
  role: 'inbox',
  selectable: true,
  identity: null,
} as const;

/** Bob's mailbox as he signs in to it, or with his password. */
async function addBob(console: TestConsole, library: 'openid-client' | 'msal' | null): Promise<Mailbox> {
  const settings = settingsFor({ user: bob.login, port: double.port, protocol: 'ews', collectsTickets: false });
  const signIn = library === null ? 'password' : 'oauth2';
  const exchange = { ...newExchange, windows: false };
  const incoming = { ...settings.incoming, exchange, encryption: 'tls', signIn } as const;
  const oauth = library === null ? null : await oauthFor(judge, library);
  const name = library === null ? 'Beside' : 'Bob';
  const ready = { settings: { ...settings, name, oauth, incoming }, outgoingPassword: null, mailboxId: null };
  const draft = { ...ready, password: library === null ? bob.password : null };
  const { signInId } = library === null ? { signInId: null } : await console.accounts.signIn(draft, soon());
  const providerSignIn = { signInId, clientSecret: null, secretOf: null };
  return console.accounts.add({
    draft: library === null ? draft : { ...draft, providerSignIn },
    folders: [{ ...inbox, selected: true }],
    learnProviderId: null,
  });
}

/** The token of the sign-in was the draft's: a saved mailbox begins with one of its own. */
async function beginWithToken(console: TestConsole, mailbox: Mailbox): Promise<void> {
  const { askToken } = await console.accounts.signInFor(mailbox.id, 'incoming');
  await askToken?.(null, soon());
}

describe.each(['openid-client', 'msal'] as const)('a first load that lasts longer than a token (%s)', (library) => {
  const start = async () => {
    for (const subject of subjects) addItem(double.folder(bob.address), { raw: `Subject: ${subject}\r\n\r\n` });
    const { signIns } = signInDesk(certificates.caPem, { login: bob.address });
    return openConsole({}, undefined, { signIns, extraCertificates: [certificates.caPem] });
  };

  test('brings every letter, with one renewal', async () => {
    await using console = await start();
    const mailbox = await addBob(console, library);
    await beginWithToken(console, mailbox);
    const before = renewals().length;
    // The folders are seven questions: the token ends among the letters.
    life = 12;
    expect(await loadOnce(console, mailbox)).toMatchObject({ problem: null, folders: [{ loaded: 12 }] });
    expect([...(await subjectsOf(console, mailbox))].sort()).toEqual(subjects);
    expect(renewals().slice(before)).toEqual([200]);
    // The first was shown once too often, for which the second made up.
    expect([...shown.values()]).toEqual([13, expect.any(Number)]);
  });

  test('stops with its mailbox alone where nothing can be renewed any more, and says so', async () => {
    await using console = await start();
    const mailbox = await addBob(console, library);
    const beside = await addBob(console, null);
    await beginWithToken(console, mailbox);
    judge.revokeAll();
    life = 12;
    const report = await loadOnce(console, mailbox);
    expect([report.problem?.code, report.folders[0]?.problem?.code]).toContain('auth.expired');
    expect(double.heard.filter(({ authorization }) => authorization.startsWith('Bearer'))).toHaveLength(13);
    expect(await loadOnce(console, beside)).toMatchObject({ problem: null, folders: [{ loaded: 12 }] });
  });
});
