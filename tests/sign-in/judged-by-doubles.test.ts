import { afterAll, beforeAll, expect, test } from 'vitest';
import { graphCertificates, graphTo } from '../connectors/graph-desk.ts';
import { connectorsFor, failureOf, soon } from '../connectors/sign-in.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';

// The doubles that the window's tests meet take a token as a service does: by its signature, its issuer and its end.
const person = 'bob@graph.test';
const certificates = graphCertificates();
let judge: SignInJudge;
let elsewhere: SignInJudge;
let double: GraphDouble;

beforeAll(async () => {
  judge = await startSignInJudge({ certificates });
  elsewhere = await startSignInJudge({ certificates });
  double = await startGraphDouble(certificates.valid, [person], (token) => {
    const address = judge.emailIn(token);
    return address === null ? null : { address };
  });
});
afterAll(async () => {
  await Promise.all([double.stop(), judge.stop(), elsewhere.stop()]);
  certificates[Symbol.dispose]();
});

const opening = (token: string) => {
  const signIn = graphTo(double.port, { endpoint: { login: person }, tokens: [token] });
  return connectorsFor([certificates.caPem]).openIncoming(signIn, soon());
};

test('the judge’s own token is taken', async () => {
  await (await opening(judge.tokenFor(person))).close();
});

test.each([
  ['that has ended', () => judge.tokenFor(person, { seconds: -30 })],
  ['signed by another hand', () => judge.tokenFor(person, { forged: true })],
  ['of another judge', () => elsewhere.tokenFor(person)],
  ['without a signature', () => judge.tokenFor(person).replace(/[^.]+$/, '')],
  ['with another head than was signed', () => judge.tokenFor(person).replace(/^[^.]+/, 'e30')],
  ['that is none', () => 'a-token'],
])('one %s is refused', async (_, make) => {
  expect((await failureOf(opening(make()))).code).toBe('auth.rejected');
});
