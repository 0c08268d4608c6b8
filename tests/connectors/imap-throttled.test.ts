import { expect, test } from 'vitest';
import type { IncomingConnector } from '../../src-main/connectors/connectors.ts';
import { type Reply, startImap } from './scripted-imap.ts';
import { connectorsFor, failureOf, signInTo, soon } from './sign-in.ts';

/** Ends with a throttling answer; usual times, so that waiting inside the library would take half a minute. */
async function throttled(replies: readonly Reply[], work: (connector: IncomingConnector) => Promise<unknown>) {
  const server = await startImap('IMAP4rev1 UIDPLUS MOVE', replies);
  try {
    const failure = await failureOf(
      connectorsFor()
        .openIncoming(signInTo(server.port), soon())
        .then(async (connector) => {
          try {
            await work(connector);
          } finally {
            await connector.close();
          }
        }),
    );
    return { failure, heard: server.heard };
  } finally {
    await server.stop();
  }
}

const letters = async (connector: IncomingConnector): Promise<void> => {
  const folder = await connector.openFolder('INBOX', soon());
  for await (const { uid } of folder.fetchLetters([4], soon())) throw new Error(`no letter was sent, but ${uid} came`);
};
const backOff = 'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds';

test.each([
  ['letters', /^UID FETCH/, letters],
  [
    'sizes',
    /^UID FETCH/,
    async (it: IncomingConnector) => (await it.openFolder('INBOX', soon())).listSizes([4], soon()),
  ],
  [
    'a list',
    /^UID SEARCH/,
    async (it: IncomingConnector) => (await it.openFolder('INBOX', soon())).listUnreadUids?.(soon()),
  ],
  ['folders', /^LIST/, (it: IncomingConnector) => it.listFolders(soon())],
  ['a folder', /^EXAMINE/, letters],
  ['states', /^STATUS/, (it: IncomingConnector) => it.folderStates(['INBOX'], soon())],
  [
    'a move',
    /^UID MOVE/,
    async (it: IncomingConnector) => (await it.openForChange('INBOX', soon())).move([4], 'A', soon()),
  ],
  [
    'a mark',
    /^UID STORE/,
    async (it: IncomingConnector) => (await it.openForChange('INBOX', soon())).markRead([4], soon()),
  ],
  ['a sign-in', /^LOGIN/, letters],
] as const)(
  'a server that is asked for %s and names its time is not waited for, and not asked again',
  async (_, to, work) => {
    const { failure, heard } = await throttled([{ to, end: backOff }], work);
    expect(failure.code).toBe('server.throttled');
    expect(failure.params).toMatchObject({
      retryAfter: 93,
      serverWords: expect.stringContaining('Request is throttled'),
    });
    expect(heard(to)).toHaveLength(1);
  },
);

test.each([
  ['NO [LIMIT] Try again in 5 minutes', { retryAfter: 300 }],
  ['NO [INUSE] Retry after 300 seconds', { retryAfter: 300 }],
  ['NO Too many requests, wait 45 s', { retryAfter: 45 }],
  ['NO [LIMIT] Slow down', {}],
])('%s', async (end, wait) => {
  const { failure } = await throttled([{ to: /^UID FETCH/, end }], letters);
  expect(failure.code).toBe('server.throttled');
  const { retryAfter, ...rest } = failure.params;
  expect(retryAfter === undefined ? {} : { retryAfter }).toEqual(wait);
  expect(rest).toMatchObject({ host: 'localhost' });
});

test('another failure never says when to come back', async () => {
  const { failure } = await throttled([{ to: /^UID FETCH/, end: 'NO [UNAVAILABLE] Try again in 5 minutes' }], letters);
  expect(failure.code).toBe('server.unavailable');
  expect(failure.params).not.toHaveProperty('retryAfter');
});

const usedUp = 'Account exceeded command or bandwidth limits. (Failure)';

test.each([
  ['a letter', /^UID FETCH/, `NO [OVERQUOTA] ${usedUp}`, 'server.throttled'],
  ['a letter', /^UID FETCH/, 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)', 'quota.exceeded'],
  ['the sign-in', /^LOGIN/, `NO [OVERQUOTA] ${usedUp}`, 'server.throttled'],
  ['the sign-in', /^LOGIN/, `NO [ALERT] ${usedUp}`, 'server.throttled'],
  ['the sign-in', /^LOGIN/, 'NO Server Unavailable. 15', 'server.unavailable'],
  ['the sign-in', /^LOGIN/, 'NO [ALERT] Temporary system error', 'server.unavailable'],
  ['the sign-in', /^LOGIN/, 'NO [ALERT] Invalid credentials (Failure)', 'auth.rejected'],
])(
  'asked for %s, Gmail’s own words are told from a full mailbox and a wrong password: %s %s',
  async (_, to, end, code) => {
    expect((await throttled([{ to, end }], letters)).failure.code).toBe(code);
  },
);
