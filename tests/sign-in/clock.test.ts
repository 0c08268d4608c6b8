import { afterAll, beforeAll, expect, test } from 'vitest';
import { startImap } from '../connectors/scripted-imap.ts';
import { connectorsFor, signInTo, soon } from '../connectors/sign-in.ts';
import { createCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { registrationOf, settingsFor, signInDesk } from './sign-in-desk.ts';

const folder = temporaryFolder();
const certificates = createCertificates(folder.path);
const hour = 3_600_000;
let judge: SignInJudge;
beforeAll(async () => {
  judge = await startSignInJudge({ certificates });
});
afterAll(async () => {
  await judge.stop();
  folder[Symbol.dispose]();
});

/** The doctor at a mailbox whose application proves itself to an authority that says what Microsoft says, at its own time. */
async function findingAt(serverTime: Date | undefined) {
  const { id: clientId, secret } = clients.secret;
  const person = await settingsFor(judge, 'msal');
  const registration = registrationOf({ ...person, clientId, flow: 'application', proof: 'secret' }, secret);
  const { signIns } = signInDesk(certificates.caPem, { login: 'nobody' });
  const body = { error: 'invalid_client', error_description: 'AADSTS700024: Client assertion is not within its time.' };
  judge.planned.push({ status: 401, body, ...(serverTime ? { date: serverTime } : {}) });
  const slot = { read: async () => null, write: async () => {} };
  const askToken = (refused: string | null, signal: AbortSignal) =>
    signIns.tokenFor({ key: crypto.randomUUID(), registration, slot }, refused, signal);
  const mail = await startImap('IMAP4rev1 AUTH=XOAUTH2');
  const incoming = { ...signInTo(mail.port, 'none', { signIn: 'oauth2' }), password: '', askToken };
  const check = await connectorsFor().checkConnection(incoming, null, soon());
  await mail.stop();
  expect(check.steps.at(-1)).toMatchObject({ name: 'sign-in', problem: { code: 'auth.clock-off' } });
  return check.steps.at(-1)?.finding;
}

test.each([
  ['ahead', -1, 'sign-in-clock-ahead'],
  ['behind', 1, 'sign-in-clock-behind'],
] as const)('a clock that is %s by an hour is named by the doctor, with the minutes', async (_which, hours, code) => {
  const finding = await findingAt(new Date(Date.now() + hours * hour));
  expect(finding).toMatchObject({ code, params: { host: 'localhost', minutes: 60 } });
});

test('where both clocks agree nobody blames them', async () => {
  expect(await findingAt(undefined)).toMatchObject({ code: 'entra-other' });
});
