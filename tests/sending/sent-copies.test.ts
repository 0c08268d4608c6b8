import { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenIncoming } from '../../src-main/connectors/connectors.ts';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createSentCopies } from '../../src-main/sending/sending.ts';
import type { IncomingEndpoint, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { createPostRoom, flush, type Post, replyIn } from '../support/post-room.ts';
import { changeMailbox } from '../support/ticket-desk.ts';

const { openPost, relay } = createPostRoom();
const forever = new AbortController().signal;
let dovecot: Dovecot;
beforeAll(async () => {
  const sent = 'namespace inbox {\n  mailbox Sent {\n    special_use = \\Sent\n    auto = create\n  }\n}\n';
  dovecot = await startDovecot({ extraConfig: sent });
});
afterAll(() => dovecot.stop());

let users = 0;
/** A mailbox at Dovecot that sends by a relay; `host` is what its settings say of the server, not where it is. */
async function office(changes: Partial<MailboxSettings> = {}, host = 'localhost') {
  const server = await relay();
  const post = await openPost(server.port);
  users += 1;
  const login = `sender${users}`;
  const common = {
    port: dovecot.imapPort,
    encryption: 'none',
    login,
    signIn: 'password',
    pinnedCertificate: null,
  } as const;
  const incoming: IncomingEndpoint = { ...common, host, protocol: 'imap' };
  const outgoing = { ...common, host };
  await changeMailbox(post.desk.store, post.desk.mailboxId, { incoming, outgoing, ...changes });
  const { openIncoming } = createConnectors({ logs: silentLogs });
  const endpoint = { ...incoming, host: 'localhost' };
  const open: OpenIncoming = (_signIn, signal) => openIncoming({ endpoint, password: dovecot.password }, signal);
  return { post, login, relay: server, open, copies: copiesOver(post, open) };
}

function copiesOver({ desk: { store, events } }: Post, open: OpenIncoming, ahead = 0) {
  const openIncoming = (_mailboxId: unknown, signal: AbortSignal) => open(undefined as never, signal);
  return createSentCopies({
    store,
    events,
    session: { openIncoming },
    log: silentLogs('test'),
    now: () => Date.now() + ahead,
  });
}

/** What another program sees in the folder: flags and exact bytes. */
async function sentOf(login: string): Promise<readonly { readonly seen: boolean; readonly raw: string }[]> {
  const auth = { user: login, pass: dovecot.password };
  const client = new ImapFlow({ host: 'localhost', port: dovecot.imapPort, auth, logger: false, doSTARTTLS: false });
  await client.connect();
  try {
    const { exists } = await client.mailboxOpen('Sent', { readOnly: true });
    const all = exists === 0 ? [] : await client.fetchAll('1:*', { flags: true, source: true });
    return all.map(({ flags, source }) => ({ seen: flags?.has('\\Seen') ?? false, raw: source?.toString() ?? '' }));
  } finally {
    await client.logout();
  }
}

const fateOf = async ({ desk }: Post) => (await desk.call('outbox.list', { states: [], limit: 1 }))[0]?.sentCopy;

test('what was sent stands in the Sent folder, read, byte for byte, and once however often one looks', async () => {
  const { post, login, copies, relay: server, open } = await office();
  await replyIn(post, 'Готово.');
  expect((await flush(post)).sentCopy).toMatchObject({ state: 'due' });
  await copies.flush(forever);
  await copiesOver(post, open, 3_600_000).flush(forever);
  expect(await sentOf(login)).toEqual([{ seen: true, raw: server.received[0]?.raw.toString() }]);
  expect(await fateOf(post)).toEqual({ state: 'done', nextAttemptAt: null, problem: null });
  const entry = (await post.desk.get((await post.desk.only()).id)).entries.at(-1);
  expect(entry).toMatchObject({ kind: 'answer', sentCopy: { state: 'done' } });
});

test.each(['store', 'line'] as const)(
  'the %s breaks after the copy was put there: it is found, not put twice',
  async (what) => {
    const { post, login, open } = await office();
    await replyIn(post);
    await flush(post);
    const broken: OpenIncoming = async (...asked) => {
      const connector = await open(...asked);
      const appendLetter: typeof connector.appendLetter = async (...letter) => {
        await connector.appendLetter?.(...letter);
        if (what === 'line') throw new AppError('network.dropped');
        post.desk.killStore();
      };
      return { ...connector, appendLetter };
    };
    await copiesOver(post, broken).flush(forever);
    await copiesOver(post, open, 3_600_000).flush(forever);
    expect(await sentOf(login)).toHaveLength(1);
    expect((await fateOf(post))?.state).toMatch(/^(there|done)$/);
  },
);

test('a provider that keeps copies itself gets none; what it has kept is found', async () => {
  const { post, login, copies, open } = await office({}, 'imap.gmail.com');
  await replyIn(post);
  await flush(post);
  await copies.flush(forever);
  expect(await fateOf(post)).toMatchObject({ state: 'due', problem: { code: 'sent-copy.not-yet' } });
  expect(await sentOf(login)).toEqual([]);
  const connector = await open(undefined as never, forever);
  const claimed = await post.desk.store.call('sentCopies.claim', { now: Date.now() + 600_000 });
  await connector.appendLetter?.('Sent', claimed?.raw ?? new Uint8Array(), forever);
  await connector.close();
  await copiesOver(post, open, 600_000).flush(forever);
  expect(await fateOf(post)).toMatchObject({ state: 'there', problem: null });
  expect(await sentOf(login)).toHaveLength(1);
});

test('always: also there, and never: nowhere', async () => {
  const always = await office({ sentCopy: 'always' }, 'imap.gmail.com');
  const never = await office({ sentCopy: 'never' });
  for (const { post, copies } of [always, never]) {
    await replyIn(post);
    await flush(post);
    await copies.flush(forever);
  }
  expect([await sentOf(always.login), await sentOf(never.login)].map(({ length }) => length)).toEqual([1, 0]);
  expect(await fateOf(never.post)).toBeNull();
});

test('a copy that cannot be put waits or ends with its reason, and the letter is not sent again', async () => {
  const { post, relay: server, open } = await office();
  await replyIn(post);
  await flush(post);
  const unreachable: OpenIncoming = async () => {
    throw new AppError('network.unreachable', { host: 'localhost', port: 1 });
  };
  await copiesOver(post, unreachable).flush(forever);
  expect(await fateOf(post)).toMatchObject({ state: 'due', problem: { code: 'network.unreachable' } });
  const folderless: OpenIncoming = async (...asked) => ({ ...(await open(...asked)), listFolders: async () => [] });
  await copiesOver(post, folderless, 3_600_000).flush(forever);
  expect(await fateOf(post)).toMatchObject({ state: 'failed', problem: { code: 'sent-copy.no-folder' } });
  await post.desk.call('outbox.flush', undefined);
  expect(server.received).toHaveLength(1);
});

test('a copy above what the server keeps ends with a sentence about the copy, and the letter stays sent', async () => {
  const { post, relay: server, open } = await office();
  await replyIn(post);
  await flush(post);
  const narrow: OpenIncoming = async (...asked) => ({
    ...(await open(...asked)),
    appendLetter: async () => {
      throw new AppError('message.too-large', { host: 'localhost', serverWords: 'TOOBIG' });
    },
  });
  await copiesOver(post, narrow).flush(forever);
  expect(await fateOf(post)).toMatchObject({ state: 'failed', problem: { code: 'sent-copy.too-large' } });
  const [answer] = await post.desk.call('outbox.list', { states: [], limit: 1 });
  expect(answer).toMatchObject({ state: 'accepted', problem: null });
  await post.desk.call('outbox.flush', undefined);
  expect(server.received).toHaveLength(1);
});
