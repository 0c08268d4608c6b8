import { afterAll, expect, test } from 'vitest';
import { oauthSettingsSchema } from '../../src-shared/domain/oauth.ts';
import { connectorsFor, signInTo, soon } from '../connectors/sign-in.ts';
import { createCertificates } from '../support/certificates.ts';
import { freePorts } from '../support/free-ports.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { registrationOf, signInDesk } from './sign-in-desk.ts';

// What the doctor says of the service that gives tokens, before anything is said to a mail server.
const folder = temporaryFolder();
const certificates = createCertificates(folder.path);
afterAll(() => folder[Symbol.dispose]());

async function stepOf(issuer: string, trusted: string) {
  const { signIns } = signInDesk(trusted, { login: 'nobody' });
  const oauth = oauthSettingsSchema.parse({ authority: 'other', issuer, clientId: 'desk' });
  const slot = { read: async () => 'a-grant', write: async () => {} };
  const askToken = (refused: string | null, signal: AbortSignal) =>
    signIns.tokenFor({ key: 'desk', registration: registrationOf(oauth), slot }, refused, signal);
  const incoming = {
    ...signInTo(993, 'tls', { host: 'imap.company.example', signIn: 'oauth2' }),
    password: '',
    askToken,
  };
  const check = await connectorsFor().checkConnection(incoming, null, soon());
  expect(check.steps).toHaveLength(1);
  return { check, step: check.steps[0] };
}

test('a service that nobody answers for is named with its port, not the mail server', async () => {
  const [port = 0] = await freePorts(1);
  const { step } = await stepOf(`https://localhost:${port}`, certificates.caPem);
  expect(step).toMatchObject({ name: 'sign-in', problem: { code: 'network.unreachable' } });
  expect(step?.finding).toMatchObject({ code: 'sign-in-unreachable', params: { host: 'localhost', port } });
});
