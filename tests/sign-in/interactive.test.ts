import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureOf } from '../connectors/sign-in.ts';
import { createCertificates } from '../support/certificates.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { registrationOf, settingsFor, signInDesk } from './sign-in-desk.ts';

let dir: string;
let judge: SignInJudge;
let caPem: string;
const soon = () => AbortSignal.timeout(20_000);
const anna = { login: 'anna@firma.test' };

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-judge-'));
  const certificates = createCertificates(dir);
  caPem = certificates.caPem;
  judge = await startSignInJudge({ certificates });
});
afterAll(async () => {
  await judge.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe.each(['openid-client', 'msal'] as const)('a person signs in at an authority (%s)', (library) => {
  test('with the browser, and comes back with a token and a grant', async () => {
    const { signIns, ended } = signInDesk(caPem, anna);
    const granted = await signIns.signIn(registrationOf(await settingsFor(judge, library)), soon());
    expect(granted.account).toBe('anna@firma.test');
    expect(granted.accessToken.split('.')).toHaveLength(3);
    expect(granted.secondsLeft).toBeGreaterThan(3500);
    expect(granted.grant).not.toBeNull();
    expect(granted.grant).not.toContain(granted.accessToken);
    expect(await ended[0]).toMatchObject({ status: 200, text: expect.stringContaining('It has arrived.') });
  });

  test('a refusal in the browser is told as one', async () => {
    const { signIns, ended } = signInDesk(caPem, { ...anna, denies: true });
    const failure = await failureOf(signIns.signIn(registrationOf(await settingsFor(judge, library)), soon()));
    expect(failure.code).toBe('auth.denied');
    expect((await ended[0])?.text).toContain('It was refused.');
  });
});

test('what a mailbox has beside its letters is asked for at the browser', async () => {
  const { signIns, opened } = signInDesk(caPem, anna);
  const registration = registrationOf(await settingsFor(judge, 'msal'));
  await signIns.signIn({ ...registration, uses: ['graph', 'graph-calendar', 'graph-contacts'] }, soon());
  const asked = new URL(opened[0] ?? '').searchParams.get('scope')?.split(' ') ?? [];
  const graph = asked.flatMap((scope) => scope.match(/^https:\/\/graph\.microsoft\.com\/(.+)$/)?.[1] ?? []);
  expect(graph).toEqual(['Mail.ReadWrite', 'Calendars.ReadWrite', 'Contacts.Read']);
});

describe.each(['openid-client', 'msal'] as const)('a sign-in that does not come (%s)', (library) => {
  /** The address is opened and nothing more happens; the test is the browser. */
  const waiting = async (options: { readonly patienceMilliseconds?: number } = {}) => {
    const opened = Promise.withResolvers<URL>();
    const silent = async (address: string) => {
      opened.resolve(new URL(address));
      return { url: address, status: 0, text: '' };
    };
    const { signIns } = signInDesk(caPem, silent, options);
    const oauth = await settingsFor(judge, library);
    const leaving = new AbortController();
    const signIn = signIns.signIn(registrationOf(oauth), leaving.signal);
    // Told by the test that asks for it.
    signIn.catch(() => {});
    return { signIn, leaving, address: await Promise.race([opened.promise, signIn.then(() => opened.promise)]) };
  };
  const answer = (address: URL, parameters: Readonly<Record<string, string>>) =>
    fetch(String(address.searchParams.get('redirect_uri')), {
      method: 'POST',
      // RFC 9207: whose answer it is.
      body: new URLSearchParams({ ...parameters, iss: judge.issuer }),
    });

  test('is called off, and the address to come back to is given up', async () => {
    const { signIn, leaving, address } = await waiting();
    leaving.abort();
    expect((await failureOf(signIn)).code).toBe('cancelled');
    await expect(answer(address, {})).rejects.toThrow();
  });

  test('ends when nobody answers', async () => {
    const { signIn } = await waiting({ patienceMilliseconds: 100 });
    expect((await failureOf(signIn)).code).toBe('auth.nobody-answered');
  });

  test('is not disturbed by an answer with another state, or by none', async () => {
    const { signIn, leaving, address } = await waiting();
    const foreign = await answer(address, { state: 'guessed', code: 'stolen' });
    expect(foreign.status).toBe(400);
    expect((await answer(address, { error: 'access_denied' })).status).toBe(400);
    // Still waiting: the right state is heard.
    const state = address.searchParams.get('state') ?? '';
    expect((await answer(address, { state, error: 'access_denied' })).status).toBe(200);
    expect((await failureOf(signIn)).code).toBe('auth.denied');
    leaving.abort();
  });

  test('gives a code that was not made for it to the authority, which refuses it', async () => {
    const { signIn, address } = await waiting();
    await answer(address, { state: address.searchParams.get('state') ?? '', code: 'somebody-elses' });
    expect((await failureOf(signIn)).code).toBe('auth.expired');
  });

  test('asks with a proof key and a state, over TLS, and for nothing secret', async () => {
    const { leaving, address } = await waiting();
    expect(address.protocol).toBe('https:');
    expect(address.searchParams.get('code_challenge_method')).toBe('S256');
    expect(address.searchParams.get('state')?.length).toBeGreaterThan(30);
    expect(address.searchParams.get('redirect_uri')).toMatch(/^http:\/\/(localhost|127\.0\.0\.1):\d+\/?$/);
    leaving.abort();
  });
});

test('a port that another program has is told', async () => {
  const oauth = await settingsFor(judge, 'openid-client');
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(oauth.redirectPort ?? 0, '127.0.0.1', resolve));
  const { signIns } = signInDesk(caPem, anna);
  expect(await failureOf(signIns.signIn(registrationOf(oauth), soon()))).toMatchObject({
    code: 'auth.port-taken',
    params: { port: oauth.redirectPort },
  });
  await new Promise((resolve) => other.close(resolve));
  expect((await signIns.signIn(registrationOf(oauth), soon())).account).toBe('anna@firma.test');
});

test('an authority with a certificate that nobody trusts is not asked', async () => {
  const { signIns, opened } = signInDesk('', anna);
  const registration = registrationOf(await settingsFor(judge, 'openid-client'));
  expect((await failureOf(signIns.signIn(registration, soon()))).code).toMatch(/^tls\./);
  const ofMicrosoft = registrationOf(await settingsFor(judge, 'msal'));
  expect((await failureOf(signIns.signIn(ofMicrosoft, soon()))).code).toMatch(/^tls\./);
  expect(opened).toEqual([]);
});

test('a page to sign in at that is not encrypted is not opened', async () => {
  const { signIns, opened } = signInDesk(caPem, anna);
  const oauth = await settingsFor(judge, 'openid-client');
  const endpoints = { authorization: 'http://127.0.0.1:1/', token: `${judge.issuer}/token` };
  const registration = registrationOf({ ...oauth, endpoints });
  expect((await failureOf(signIns.signIn(registration, soon()))).code).toMatch(/^(link\.refused|server\.protocol)$/);
  expect(opened).toEqual([]);
});

test('an authority without discovery is asked where it is said to be', async () => {
  const { signIns } = signInDesk(caPem, anna);
  const oauth = await settingsFor(judge, 'openid-client');
  const endpoints = { authorization: `${judge.issuer}/auth`, token: `${judge.issuer}/token` };
  const scopes = ['offline_access', 'mail'];
  const granted = await signIns.signIn(registrationOf({ ...oauth, issuer: null, endpoints, scopes }), soon());
  expect(granted).toMatchObject({ account: null, grant: expect.any(String) });
});
