import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { connectorsFor, failureOf, imapOf, pop3Of, signInTo, soon } from './sign-in.ts';

let dovecot: Dovecot;
let silent: Dovecot;
beforeAll(async () => {
  [dovecot, silent] = await Promise.all([startDovecot(), startDovecot({ submitted: 'keep' })]);
});
afterAll(() => Promise.all([dovecot.stop(), silent.stop()]));

const letterTo = (user: string) => ({
  messageId: `<test-of-${user}@localhost>`,
  from: `${user}@localhost`,
  to: [`${user}@localhost`],
  raw: Buffer.from(`From: ${user}@localhost\r\nMessage-ID: <test-of-${user}@localhost>\r\n\r\nx\r\n`),
});
const connectors = connectorsFor([], { arrival: 20_000 });
type Check = Awaited<ReturnType<typeof connectors.checkConnection>>;
const lastTwo = ({ steps }: Check) =>
  steps.slice(-2).map(({ name, problem, finding }) => [name, problem?.code, finding?.code]);

test.each([
  ['IMAP', imapOf],
  ['POP3', pop3Of],
] as const)('a letter to oneself is sent once and seen to arrive, over %s', async (protocol, signInFor) => {
  const login = `self-${protocol.toLowerCase()}`;
  const outgoing = signInTo(dovecot.submissionPort, 'none', { login });
  const wishes = { testLetter: letterTo(login) };
  const check = await connectors.checkConnection(signInFor(dovecot, 'none', { login }), outgoing, soon(), wishes);
  expect([check.ok, lastTwo(check)]).toEqual([
    true,
    [
      ['send-letter', undefined, undefined],
      ['receive-letter', undefined, undefined],
    ],
  ]);
  expect(dovecot.relay.received.filter(({ from }) => from === `${login}@localhost`)).toHaveLength(1);
});

test('one that does not come in time says what may have become of it', async () => {
  const hasty = connectorsFor([], { arrival: 500 });
  const outgoing = signInTo(silent.submissionPort, 'none');
  const check = await hasty.checkConnection(imapOf(silent, 'none'), outgoing, soon(), { testLetter: letterTo('bob') });
  expect(check.ok).toBe(false);
  expect(lastTwo(check)).toEqual([
    ['send-letter', undefined, undefined],
    ['receive-letter', 'network.timeout', 'letter-late'],
  ]);
});

test('nothing is sent where something else is wrong', async () => {
  const wrong = { ...imapOf(dovecot, 'none'), password: 'wrong' };
  const outgoing = signInTo(dovecot.submissionPort, 'none', { login: 'nobody' });
  const check = await connectors.checkConnection(wrong, outgoing, soon(), { testLetter: letterTo('nobody') });
  expect(check.steps.map(({ name }) => name)).not.toContain('send-letter');
  expect(dovecot.relay.received.filter(({ from }) => from === 'nobody@localhost')).toEqual([]);
});

test('called off while it waits, it rejects', async () => {
  const stop = new AbortController();
  const wishes = {
    testLetter: letterTo('bob'),
    onStep: ({ name }: { readonly name: string }) => name === 'send-letter' && stop.abort(),
  };
  const outgoing = signInTo(silent.submissionPort, 'none');
  const check = connectors.checkConnection(imapOf(silent, 'none'), outgoing, stop.signal, wishes);
  expect((await failureOf(check)).code).toBe('cancelled');
});
