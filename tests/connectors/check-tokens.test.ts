import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AskToken, CheckWishes, SignIn } from '../../src-main/connectors/connectors.ts';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';
import { bob, graphCertificates, graphTo, office } from './graph-desk.ts';
import { connectorsFor, imapOf, signInTo, soon } from './sign-in.ts';

// After an administrator's change the token at hand may be good for nothing, or know nothing of the change.
const certificates = graphCertificates();
let judge: SignInJudge;
let dovecot: Dovecot;
let double: GraphDouble;

beforeAll(async () => {
  judge = await startSignInJudge({ certificates });
  dovecot = await startDovecot({ extraConfig: takingTokensOf(judge), certificate: certificates.valid });
  double = await startGraphDouble(certificates.valid, [bob, office]);
  double.tokens.set('old', { address: null, opens: [] });
  double.tokens.set('new', { address: null, opens: [office] });
});
afterAll(async () => {
  await Promise.all([judge.stop(), dovecot.stop(), double.stop()]);
  certificates[Symbol.dispose]();
});

/** Gives the first until it is refused; `isHeld` as somebody says who knows. */
function tokens(held: string, next: string, isHeld?: boolean) {
  const refused: (string | null)[] = [];
  const askToken: AskToken = async (no) => {
    refused.push(no);
    return no === held ? next : held;
  };
  return {
    refused,
    askToken: isHeld === undefined ? askToken : Object.assign(askToken, { isHeld: async () => isHeld }),
  };
}

async function check(incoming: SignIn | null, outgoing: SignIn | null, wishes: CheckWishes = {}) {
  const told: CheckStepName[] = [];
  const onStep: CheckWishes['onStep'] = ({ name }) => void told.push(name);
  const connectors = connectorsFor([certificates.caPem]);
  const result = await connectors.checkConnection(incoming, outgoing, soon(), { ...wishes, onStep });
  expect(told.toSorted()).toEqual(result.steps.map(({ name }) => name).toSorted());
  expect(new Set(told).size).toBe(told.length);
  return { result, failed: result.steps.find(({ problem }) => problem !== null) };
}

const login = 'bob@company.example';
const graphBy = (askToken: AskToken): SignIn => ({ ...graphTo(double.port, { mailbox: office }), askToken });

test.each(['tls', 'starttls'] as const)(
  'a held token that is refused is replaced once, and nobody is told of it (%s)',
  async (encryption) => {
    const { askToken, refused } = tokens(judge.tokenFor(login, { forged: true }), judge.tokenFor(login));
    const byToken = { password: '', askToken };
    const incoming = { ...imapOf(dovecot, encryption, { login, signIn: 'oauth2' }), ...byToken };
    const outgoing = { ...signInTo(dovecot.submissionPort, 'starttls', { login, signIn: 'oauth2' }), ...byToken };
    const { result } = await check(incoming, outgoing);
    expect(result.ok).toBe(true);
    expect(refused.filter((no) => no !== null)).toHaveLength(2);
  },
);

test('another token that is refused as well is the failure, once', async () => {
  const { askToken, refused } = tokens('one', 'two');
  const { failed } = await check(graphBy(askToken), null);
  expect(failed).toMatchObject({ name: 'sign-in', problem: { code: 'auth.rejected' } });
  expect(refused).toEqual([null, 'one']);
});

test('a token that was got for this very check is not asked for twice', async () => {
  const { askToken, refused } = tokens('one', 'two', false);
  const { failed } = await check(graphBy(askToken), null);
  expect(failed?.problem?.code).toBe('auth.rejected');
  expect(refused).toEqual([null]);
});

test('what an application may do stands in its token: the one from before the consent is replaced', async () => {
  const application = tokens('old', 'new', true);
  const { result } = await check(graphBy(application.askToken), null, { oauth: { flow: 'application', signInAs: '' } });
  expect(result.ok).toBe(true);
  const person = tokens('old', 'new', true);
  const { failed } = await check(graphBy(person.askToken), null, { oauth: { flow: 'interactive', signInAs: '' } });
  expect(failed?.problem?.code).toBe('graph.no-access');
  expect(person.refused).toEqual([null]);
});

test('where no other token is given, that is what is wrong', async () => {
  const askToken: AskToken = async (no) => {
    if (no === null) return 'ended';
    throw new AppError('auth.expired', { host: 'login.company.example', serverWords: 'invalid_grant' });
  };
  const { failed } = await check(graphBy(askToken), null);
  expect(failed).toMatchObject({ name: 'sign-in', problem: { code: 'auth.expired' } });
});
