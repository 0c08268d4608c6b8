import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Reply, startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, password, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);
/** Where the referrals lead. */
let elsewhere: Awaited<ReturnType<typeof startImap>>;
beforeEach(async () => {
  elsewhere = await startImap('IMAP4rev1');
});
afterEach(() => elsewhere.stop());

const url = (): string => `imap://bob;AUTH=*@localhost:${elsewhere.port}/INBOX`;

/** Opens the mailbox and its inbox at a server that answers so. */
async function meet(replies: readonly Reply[], folder: 'read' | 'change' = 'read') {
  const server = await startImap('IMAP4rev1 LOGIN-REFERRALS MAILBOX-REFERRALS', replies);
  const open = async () => {
    const connector = await hasty.openIncoming(signInTo(server.port), soon());
    try {
      if (folder === 'change') await connector.openForChange('INBOX', soon());
      else await connector.openFolder('INBOX', soon());
    } finally {
      await connector.close();
    }
  };
  try {
    return await failureOf(open());
  } finally {
    await server.stop();
  }
}

// RFC 2221, 4.1 and 4.2; RFC 2193, 5.
test.each<[string, 'read' | 'change', (to: string) => Reply]>([
  ['the sign-in', 'read', (to) => ({ to: /^LOGIN/, end: `NO [REFERRAL ${to}] Bob is not known here` })],
  ['a folder to read', 'read', (to) => ({ to: /^EXAMINE/, end: `NO [REFERRAL ${to}] Remote mailbox` })],
  ['a folder to change', 'change', (to) => ({ to: /^SELECT/, end: `NO [REFERRAL ${to}] Remote mailbox` })],
])('a referral in place of %s is said in words, and nobody goes there', async (_what, folder, reply) => {
  const failure = await meet([reply(url())], folder);
  expect(failure).toMatchObject({
    code: 'server.refers-elsewhere',
    params: { host: 'localhost', serverWords: expect.stringMatching(/^(Bob is not known here|Remote mailbox)$/) },
  });
  expect(JSON.stringify(failure.params)).not.toContain(password);
  expect(elsewhere.heard()).toEqual([]);
});

test('a server that also names another one, and lets in all the same, is stayed with', async () => {
  const server = await startImap('IMAP4rev1', [{ to: /^LOGIN/, end: `OK [REFERRAL ${url()}] It is nearer there` }]);
  const connector = await hasty.openIncoming(signInTo(server.port), soon());
  expect((await connector.openFolder('INBOX', soon())).exists).toBe(1);
  await connector.close();
  await server.stop();
  expect(elsewhere.heard()).toEqual([]);
  // The control: whoever goes there is seen.
  await (await hasty.openIncoming(signInTo(elsewhere.port), soon())).close();
  expect(elsewhere.heard(/^LOGIN/)).toHaveLength(1);
});
