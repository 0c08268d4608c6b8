import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TokenOwner } from '../../src-main/sign-in/sign-in.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { registrationOf, settingsFor, signInDesk } from './sign-in-desk.ts';

let dir: string;
let certificates: TestCertificates;
let judge: SignInJudge;
let pem: string;
const soon = () => AbortSignal.timeout(20_000);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-judge-'));
  certificates = createCertificates(dir);
  const { cert, key } = certificates.rsa;
  pem = [cert, key].map((file) => readFileSync(file, 'utf8')).join('\n');
  judge = await startSignInJudge({
    certificates,
    applicationMailbox: 'desk@company.example',
    clientCertificate: readFileSync(cert, 'utf8'),
  });
});
afterAll(async () => {
  await judge.stop();
  rmSync(dir, { recursive: true, force: true });
});

function ownerWith(oauth: OAuthSettings, proof: string | null): TokenOwner {
  const slot = {
    read: async () => null,
    write: async () => {
      throw new Error('an application has no grant to keep');
    },
  };
  return { key: 'desk', registration: registrationOf(oauth, proof), slot };
}

describe.each(['openid-client', 'msal'] as const)('an application signs in as itself (%s)', (library) => {
  const as = async (clientId: string, proof: 'secret' | 'certificate'): Promise<OAuthSettings> => ({
    ...(await settingsFor(judge, library)),
    flow: 'application',
    clientId,
    proof,
    ...(library === 'msal' ? { scopes: ['https://outlook.office365.com/.default'] } : {}),
  });
  const signIns = () => signInDesk(certificates.caPem, async () => Promise.reject(new Error('no browser'))).signIns;

  test('by its secret, without a browser', async () => {
    const oauth = await as(clients.secret.id, 'secret');
    const token = await signIns().tokenFor(ownerWith(oauth, clients.secret.secret), null, soon());
    expect(token.split('.')).toHaveLength(3);
    expect(judge.asked.at(-1)).toEqual({ grant: 'client_credentials', status: 200 });
  });

  test('by its certificate', async () => {
    const token = await signIns().tokenFor(ownerWith(await as(clients.certified, 'certificate'), pem), null, soon());
    expect(token.split('.')).toHaveLength(3);
  });

  test('a wrong secret is the registration’s, and not repeated', async () => {
    const before = judge.asked.length;
    const owner = ownerWith(await as(clients.secret.id, 'secret'), 'a guess');
    expect((await failureOf(signIns().tokenFor(owner, null, soon()))).code).toBe('auth.client-refused');
    expect(judge.asked.length - before).toBe(1);
  });

  test('without what proves it nothing is sent, and that is told apart from a password that is missing', async () => {
    const before = judge.asked.length;
    for (const proof of ['secret', 'certificate'] as const) {
      const owner = ownerWith(await as(clients.secret.id, proof), null);
      expect(await failureOf(signIns().tokenFor(owner, null, soon()))).toMatchObject({
        code: 'auth.client-proof-missing',
        params: { host: 'localhost' },
      });
    }
    expect(judge.asked.length).toBe(before);
  });

  test('a certificate of another key is refused, and one without its key is not even sent', async () => {
    const oauth = await as(clients.certified, 'certificate');
    const foreign = [certificates.rsa.cert, certificates.otherRsa.key].map((file) => readFileSync(file, 'utf8'));
    const stranger = [certificates.otherRsa.cert, certificates.otherRsa.key].map((file) => readFileSync(file, 'utf8'));
    const before = judge.asked.length;
    const half = ownerWith(oauth, foreign.join('\n'));
    expect((await failureOf(signIns().tokenFor(half, null, soon()))).code).toBe('auth.client-refused');
    expect(judge.asked.length).toBe(before);
    const other = ownerWith(oauth, stranger.join('\n'));
    expect((await failureOf(signIns().tokenFor(other, null, soon()))).code).toBe('auth.client-refused');
  });
});
