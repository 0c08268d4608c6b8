import { expect, test } from 'vitest';
import { type Reply, startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, impatientTimes, signInTo, soon } from './sign-in.ts';

const hasty = connectorsFor([], impatientTimes);

/** What becomes of a letter of 40 bytes at a server that offers this. */
async function append(offer: string, replies: readonly Reply[] = []) {
  const server = await startImap(offer, replies);
  const connector = await hasty.openIncoming(signInTo(server.port), soon());
  try {
    const failure = await failureOf(
      connector.appendLetter?.('Sent', Buffer.alloc(40, 'x'), soon()) ?? Promise.resolve(),
    );
    return { failure, heard: server.heard(/^APPEND/) };
  } finally {
    await connector.close();
    await server.stop();
  }
}

test('a letter above what the server keeps (RFC 7889) is not even begun, and it is said so', async () => {
  const { failure, heard } = await append('IMAP4rev1 APPENDLIMIT=39');
  expect(failure).toMatchObject({ code: 'message.too-large', params: { host: 'localhost' } });
  expect(heard).toEqual([]);
});

test('a letter that the server finds too big (RFC 4469) is told from one that it refuses for another reason', async () => {
  const refused = (end: string) => append('IMAP4rev1 APPENDLIMIT=40', [{ to: /^APPEND/, end }]);
  const { failure, heard } = await refused('NO [TOOBIG] Too much');
  expect(failure).toMatchObject({ code: 'message.too-large', params: { serverWords: 'Too much' } });
  expect(heard).toHaveLength(1);
  expect((await refused('NO Not today')).failure.code).toBe('server.refused');
});
