import { afterEach, expect, test } from 'vitest';
import { createConnectors } from '../../src-main/connectors/open-connector.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';
import { createOutbox, createSending, type Outbox } from '../../src-main/sending/sending.ts';
import type { Store } from '../../src-main/store/store.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { freePorts } from '../support/free-ports.ts';
import { startRelay } from '../support/relay.ts';
import { type ScriptedLine, startScriptedServer } from '../support/scripted-server.ts';
import { openTicketDesk, type TicketDesk } from '../support/ticket-desk.ts';

let open = new AsyncDisposableStack();
afterEach(async () => {
  await open.disposeAsync();
  open = new AsyncDisposableStack();
});

interface Post {
  readonly desk: TicketDesk;
  readonly outbox: Outbox;
  /** Where each mailbox submits to; an error instead is what the sign-in fails with. */
  readonly ports: Map<MailboxId, number | AppError>;
  /** Added to the clock. */
  ahead: number;
}

const times = { connect: 2_000, greeting: 1_000, answer: 2_000, silence: 1_000, letter: 3_000, farewell: 100 };

/** A desk with one ticket and an outbox that is not started: tests flush it, or start it. */
async function openPost(port: number | AppError, storeOf = (store: Store) => store): Promise<Post> {
  const { submitLetter } = createConnectors({ logs: silentLogs, times });
  const ports = new Map<MailboxId, number | AppError>();
  const made: { outbox?: Outbox } = {};
  const clock = { ahead: 0 };
  const desk = await openTicketDesk((store, events) => {
    made.outbox = createOutbox({
      store: storeOf(store),
      events,
      submit: submitLetter,
      signInFor: async (mailboxId) => ({ endpoint: endpointOf(ports.get(mailboxId)), password: '' }),
      log: silentLogs('test'),
      now: () => Date.now() + clock.ahead,
    });
    return made.outbox;
  });
  open.use(desk);
  ports.set(desk.mailboxId, port);
  await desk.allowSender('*@*');
  await desk.receive([{ messageId: 'first@firma.example', subject: 'Printer' }]);
  await desk.sort();
  return {
    desk,
    ports,
    outbox: made.outbox as Outbox,
    get ahead() {
      return clock.ahead;
    },
    set ahead(value) {
      clock.ahead = value;
    },
  };
}

function endpointOf(port: number | AppError | undefined): Endpoint {
  if (port instanceof AppError) throw port;
  if (port === undefined) throw new AppError('mailbox.unknown');
  return { host: '127.0.0.1', port, encryption: 'none', login: '', signIn: 'none', pinnedCertificate: null };
}

async function scripted(script: (line: ScriptedLine) => Promise<void>) {
  const server = await startScriptedServer(script);
  open.defer(() => server.stop());
  return server;
}

async function relay() {
  const server = await startRelay(async () => {});
  open.defer(() => server.stop());
  return server;
}

/** Everything up to the text: what a server says to each step. */
async function upToText(line: ScriptedLine, answers: { readonly rcpt?: string; readonly from?: string } = {}) {
  await line.send('220 scripted\r\n');
  await line.expect(/^EHLO/);
  await line.send('250 scripted\r\n');
  await line.expect(/^MAIL FROM/);
  await line.send(`${answers.from ?? '250 ok'}\r\n`);
  if (answers.from !== undefined) return line.stall();
  await line.expect(/^RCPT TO/);
  await line.send(`${answers.rcpt ?? '250 ok'}\r\n`);
  if (answers.rcpt !== undefined) return line.stall();
  await line.expect(/^DATA/);
  await line.send('354 go on\r\n');
  await line.readUntil('\r\n.\r\n');
}

async function replyIn(post: Post, text?: string): Promise<Outgoing> {
  return post.desk.reply((await post.desk.only()).id, text);
}

async function flush(post: Post): Promise<Outgoing> {
  const [one, ...others] = await post.desk.call('outbox.flush', undefined);
  if (!one || others.length > 0) throw new Error(`expected one attempt, there were ${others.length + 1}`);
  return one;
}

/** Resolves when the outbox has told of an answer in this state. */
async function reaches(post: Post, state: OutgoingState): Promise<Outgoing> {
  for (;;) {
    const changed = new Promise<void>((resolve) => {
      const end = post.desk.events.on('outbox.changed', () => {
        end();
        resolve();
      });
    });
    const all = await post.desk.call('outbox.list', { states: [], limit: 10 });
    const found = all.find((outgoing) => outgoing.state === state);
    if (found) return found;
    await changed;
  }
}

test('a queued answer reaches the server, and the ticket shows that it was taken, in the server’s words', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  await post.outbox.start();
  await replyIn(post, 'Готово.');
  const accepted = await reaches(post, 'accepted');
  expect(accepted).toMatchObject({ attempts: 1, problem: null, serverWords: expect.stringMatching(/^250/) });
  const arrived = await server.next(() => true);
  expect(arrived).toMatchObject({ from: 'support@company.example', to: ['anna@firma.example'] });
  const ticket = await post.desk.only();
  expect(ticket.delivery).toBe('accepted');
  expect((await post.desk.get(ticket.id)).entries.at(-1)).toMatchObject({ kind: 'answer', state: 'accepted' });
  expect(server.received).toHaveLength(1);
});

test('a line lost after the text leaves the answer unknown, and nothing sends it again but a person', async () => {
  const server = await scripted(async (line) => {
    await upToText(line);
    line.reset();
  });
  const post = await openPost(server.port);
  await replyIn(post);
  expect(await flush(post)).toMatchObject({ state: 'unknown', problem: { code: 'delivery.unknown' } });
  post.ahead = 10 * 24 * 3_600_000;
  await post.outbox.start();
  expect(await post.desk.call('outbox.flush', undefined)).toEqual([]);
  expect(server.connections).toBe(1);
  expect((await post.desk.only()).delivery).toBe('unknown');

  const working = await relay();
  post.ports.set(post.desk.mailboxId, working.port);
  const { id } = await reaches(post, 'unknown');
  await post.desk.call('outbox.sendAgain', { outgoingId: id });
  await reaches(post, 'accepted');
  const again = working.received[0]?.raw.toString('latin1') ?? '';
  const messageId = (text: string) => /^Message-ID: (.*)$/im.exec(text)?.[1]?.trim();
  expect(messageId(again)).toBe(messageId(server.received()));
});

test('an answer to the text that is no answer leaves it unknown', async () => {
  const server = await scripted(async (line) => {
    await upToText(line);
    await line.send('what did you say?\r\n');
    await line.stall();
  });
  const post = await openPost(server.port);
  await replyIn(post);
  expect(await flush(post)).toMatchObject({ state: 'unknown', problem: { code: 'delivery.unknown' } });
});

test('a person who found the answer delivered says so', async () => {
  const server = await scripted(async (line) => {
    await upToText(line);
    line.reset();
  });
  const post = await openPost(server.port);
  await replyIn(post);
  const { id } = await flush(post);
  expect(await post.desk.call('outbox.markDelivered', { outgoingId: id })).toMatchObject({ state: 'accepted' });
  await expect(post.desk.call('outbox.markDelivered', { outgoingId: id })).rejects.toMatchObject({
    code: 'state.conflict',
  });
});

test('an answer that the server puts off is queued for later, with its words, and sent then', async () => {
  const server = await scripted((line) => upToText(line, { rcpt: '450 4.2.0 greylisted, come back later' }));
  const post = await openPost(server.port);
  await replyIn(post);
  const later = await flush(post);
  expect(later).toMatchObject({ state: 'queued', attempts: 1, serverWords: expect.stringContaining('greylisted') });
  expect(later.nextAttemptAt).toBeGreaterThan(Date.now());

  const working = await relay();
  post.ports.set(post.desk.mailboxId, working.port);
  // Not due yet: the outbox that starts now leaves it.
  const early = await post.desk.store.call('outbox.claim', { now: Date.now(), evenEarly: false, except: [] });
  expect(early).toBeNull();
  post.ahead = 120_000;
  await post.outbox.start();
  expect(await reaches(post, 'accepted')).toMatchObject({ attempts: 2, problem: null });
});

test('an answer that is refused for good has failed with the server’s words, and can be sent again', async () => {
  const server = await scripted((line) => upToText(line, { rcpt: '550 5.1.1 no such person here' }));
  const post = await openPost(server.port);
  await replyIn(post);
  const failed = await flush(post);
  expect(failed).toMatchObject({
    state: 'failed',
    nextAttemptAt: null,
    problem: { code: 'recipient.refused' },
    serverWords: expect.stringContaining('no such person here'),
  });
  expect((await post.desk.only()).delivery).toBe('failed');
  const again = await post.desk.call('outbox.sendAgain', { outgoingId: failed.id });
  expect(again).toMatchObject({ state: 'queued', attempts: 0, problem: null });
});

test('without a server the answer waits, and goes out when the network comes back', async () => {
  const [closed = 0] = await freePorts(1);
  const post = await openPost(closed);
  await replyIn(post);
  expect(await flush(post)).toMatchObject({ state: 'queued', problem: { code: 'network.unreachable' } });
  await post.outbox.start();
  const working = await relay();
  post.ports.set(post.desk.mailboxId, working.port);
  post.desk.events.emit('console.network', { online: true });
  await reaches(post, 'accepted');
});

test('a locked vault keeps the answer queued; the network coming back does not try it, a person does', async () => {
  const post = await openPost(new AppError('vault.locked'));
  await replyIn(post);
  const waiting = await flush(post);
  expect(waiting).toMatchObject({ state: 'queued', attempts: 1, problem: { code: 'vault.locked' } });
  await post.outbox.start();
  const working = await relay();
  const other = await post.desk.anotherMailbox('sales@company.example');
  post.ports.set(other, working.port);
  await post.desk.receive([{ messageId: 'other@firma.example', subject: 'Other' }], other);
  await post.desk.sort(other);
  const [newest] = (await post.desk.list()).filter(({ mailboxId }) => mailboxId === other);
  post.desk.events.emit('console.network', { online: true });
  await post.desk.reply(newest?.id ?? waiting.ticketId ?? (0 as never));
  await reaches(post, 'accepted');
  expect(await reaches(post, 'queued')).toMatchObject({ id: waiting.id, attempts: 1 });
  post.ports.set(post.desk.mailboxId, working.port);
  expect((await post.desk.call('outbox.flush', undefined)).map(({ state }) => state)).toEqual(['accepted']);
});

test('a mailbox whose server stalls holds up no other', async () => {
  const stalling = await scripted((line) => line.stall());
  const post = await openPost(stalling.port);
  const working = await relay();
  const other = await post.desk.anotherMailbox('sales@company.example');
  post.ports.set(other, working.port);
  await post.desk.receive([{ messageId: 'other@firma.example', subject: 'Other' }], other);
  await post.desk.sort(other);
  const byMailbox = Object.fromEntries((await post.desk.list()).map(({ mailboxId, id }) => [mailboxId, id]));
  await post.outbox.start();
  await post.desk.reply(byMailbox[post.desk.mailboxId] as never);
  await reaches(post, 'sending');
  await post.desk.reply(byMailbox[other] as never);
  await reaches(post, 'accepted');
  expect(await reaches(post, 'sending')).toMatchObject({ mailboxId: post.desk.mailboxId });
});

test('answers of one mailbox go out one after another, in their order', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  for (const text of ['one', 'two', 'three']) await replyIn(post, text);
  await post.desk.call('outbox.flush', undefined);
  expect(server.received.map(({ raw }) => /^(one|two|three)\r$/m.exec(raw.toString('latin1'))?.[1])).toEqual([
    'one',
    'two',
    'three',
  ]);
});

test('what was being sent when the program ended is unknown at the next start', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  await replyIn(post);
  await post.desk.store.call('outbox.claim', { now: Date.now() + 1, evenEarly: false, except: [] });
  await post.outbox.start();
  expect(await reaches(post, 'unknown')).toMatchObject({ problem: { code: 'delivery.unknown' } });
  expect(server.received).toEqual([]);
});

test('a queued answer can be called off, and is not sent', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  const { id } = await replyIn(post);
  expect(await post.desk.call('outbox.cancel', { outgoingId: id })).toMatchObject({ state: 'cancelled' });
  expect(await post.desk.call('outbox.flush', undefined)).toEqual([]);
  await expect(post.desk.call('outbox.cancel', { outgoingId: id })).rejects.toMatchObject({ code: 'state.conflict' });
});

test('the end of an attempt survives a store process that died meanwhile', async () => {
  const post = await openPost(0);
  const server = await scripted(async (line) => {
    await upToText(line);
    await post.desk.killStore();
    await line.send('250 taken as 42\r\n');
    await line.stall();
  });
  post.ports.set(post.desk.mailboxId, server.port);
  await replyIn(post);
  expect(await flush(post)).toMatchObject({ state: 'accepted', serverWords: expect.stringContaining('taken as 42') });
});

test('stopping lets the attempt that runs end', async () => {
  let finish = () => {};
  const seen = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = await scripted(async (line) => {
    await upToText(line);
    finish();
    await line.send('250 taken\r\n');
    await line.stall();
  });
  const post = await openPost(server.port);
  await post.outbox.start();
  await replyIn(post);
  await seen;
  await post.outbox.stop();
  expect(await post.desk.store.call('outbox.list', { states: ['accepted'], limit: 10 })).toHaveLength(1);
});

/** The store as it is when its process dies after it has kept something and before it could say so: once, for one call. */
function dyingAfter(store: Store, method: string): Store {
  let died = false;
  const call: Store['call'] = async (name, input, signal) => {
    const answer = await store.call(name, input, signal);
    if (died || name !== method) return answer;
    died = true;
    throw new AppError('store.unavailable');
  };
  return { ...store, call };
}

test('an answer that was claimed when the store died is sent, once', async () => {
  const server = await relay();
  const post = await openPost(server.port, (store) => dyingAfter(store, 'outbox.claim'));
  await replyIn(post);
  expect(await flush(post)).toMatchObject({ state: 'accepted' });
  expect(server.received).toHaveLength(1);
});

test('an answer that was kept when the store died is not written twice', async () => {
  const post = await openPost(1);
  const { store, events, mailboxId } = post.desk;
  const sending = createSending({ store: dyingAfter(store, 'outbox.put'), events, outbox: post.outbox });
  const ticketId = (await post.desk.only()).id;
  const answer = { mailboxId, ticketId, messageIdHeader: '<one@company.example>', from: 'support@company.example' };
  const parts = { to: [], subject: 'Re', text: 'Done.', attachments: [], author: 'Anna', raw: new Uint8Array([1]) };
  expect(await sending.queue({ ...answer, ...parts }, null)).toMatchObject({ state: 'queued' });
  expect(await post.desk.call('outbox.list', { states: [], limit: 10 })).toHaveLength(1);
  expect((await post.desk.only()).answerCount).toBe(1);
});
