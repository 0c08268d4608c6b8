import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionCheckSchema } from '../../src-shared/domain/connection-check.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { serveMaildrop } from '../support/scripted-maildrop.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { connectorsFor, impatientTimes, pop3Of, pop3To, signInTo, soon } from './sign-in.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot();
  fillMaildir(dovecot, 'bob', 'INBOX', [{ raw: 'Subject: one\r\n\r\n' }, { raw: 'Subject: two\r\n\r\n' }]);
});
afterAll(() => dovecot.stop());

const hasty = connectorsFor([], impatientTimes);
type Check = Awaited<ReturnType<typeof hasty.checkConnection>>;
const summary = ({ steps }: Check) =>
  steps.map(({ name, problem }) => (problem === null ? name : `${name}: ${problem.code}`));

test.each([
  ['tls', ['resolve', 'connect', 'encrypt', 'greet', 'sign-in', 'list-folders', 'read-letter']],
  ['starttls', ['resolve', 'connect', 'greet', 'encrypt', 'sign-in', 'list-folders', 'read-letter']],
  ['none', ['resolve', 'connect', 'greet', 'sign-in', 'list-folders', 'read-letter']],
] as const)(
  'with encryption %s each step of a mailbox that works is named and shows what was seen',
  async (encryption, steps) => {
    const connectors = connectorsFor([dovecot.caPem]);
    const outgoing = signInTo(dovecot.submissionPort, 'none');
    const check = await connectors.checkConnection(pop3Of(dovecot, encryption), outgoing, soon());
    expect(connectionCheckSchema.parse(check)).toEqual(check);
    expect([check.ok, summary(check)]).toEqual([
      true,
      [...steps, 'smtp-resolve', 'smtp-connect', 'smtp-greet', 'smtp-sign-in'],
    ]);
    const seen = Object.fromEntries(check.steps.map((step) => [step.name, step.seen]));
    expect(seen).toMatchObject({ greet: expect.stringContaining('Dovecot'), 'list-folders': 'LIST 2' });
    expect(seen['sign-in']).toMatch(/^CAPA \d+: .*UIDL/);
    if (encryption !== 'none') expect(seen.encrypt).toMatch(/^TLSv1\.[23], CN=/);
    expect(JSON.stringify(check)).not.toContain('secret');
  },
);

test('a wrong password fails the sign-in, and a foreign certificate the encryption, with the certificate to accept', async () => {
  const wrong = { ...pop3Of(dovecot, 'none'), password: 'wrong' };
  const rejected = await connectorsFor().checkConnection(wrong, null, soon());
  expect(summary(rejected)).toEqual(['resolve', 'connect', 'greet', 'sign-in: auth.rejected']);
  const foreign = await connectorsFor().checkConnection(pop3Of(dovecot, 'tls'), null, soon());
  expect(summary(foreign)).toEqual(['resolve', 'connect', 'encrypt: tls.certificate-untrusted']);
  const pinnedCertificate = foreign.certificate?.sha256 ?? null;
  const pinned = pop3Of(dovecot, 'tls', { pinnedCertificate });
  expect(await connectorsFor().checkConnection(pinned, null, soon())).toMatchObject({ ok: true, certificate: null });
});

test.each([
  ['says nothing', {}, ['resolve', 'connect', 'greet: network.timeout']],
  ['greets with a no', { greeting: '-ERR closed\r\n' }, ['resolve', 'connect', 'greet: server.unavailable']],
  ['has no encryption', { encryption: 'starttls' }, ['resolve', 'connect', 'greet', 'encrypt: tls.starttls-missing']],
  [
    'cannot tell letters apart',
    { reply: /^(UIDL|TOP)/ },
    ['resolve', 'connect', 'greet', 'sign-in', 'list-folders: server.unsupported'],
  ],
  [
    'knows letters by their headers',
    { reply: /^UIDL/ },
    ['resolve', 'connect', 'greet', 'sign-in', 'list-folders', 'read-letter'],
  ],
] as const)('a server that %s', async (what, wish, steps) => {
  const {
    greeting,
    encryption = 'none',
    reply = /^never$/,
  } = wish as {
    readonly greeting?: string;
    readonly encryption?: 'none' | 'starttls';
    readonly reply?: RegExp;
  };
  const letters = [{ uidl: 'a', raw: 'Subject: a\r\n\r\n' }];
  const drop = { letters, replies: [[reply, '-ERR what\r\n'] as const], ...(greeting ? { greeting } : {}) };
  const server = await startScriptedServer((line) =>
    what === 'says nothing' ? line.stall() : serveMaildrop(line, drop),
  );
  const check = await hasty.checkConnection(pop3To(server.port, encryption), null, soon());
  expect(summary(check)).toEqual(steps);
  await server.stop();
});
