import { mkdtempSync, rmSync } from 'node:fs';
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
