import { expect, test } from 'vitest';
import { AppError } from '../../src-shared/errors/errors.ts';
import { freePorts } from '../support/free-ports.ts';
import { createPostRoom, flush, reaches, replyIn, upToText } from '../support/post-room.ts';

const { openPost, scripted, relay } = createPostRoom();

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

test('a queued answer can be called off, and is not sent', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  const { id } = await replyIn(post);
  expect(await post.desk.call('outbox.cancel', { outgoingId: id })).toMatchObject({ state: 'cancelled' });
  expect(await post.desk.call('outbox.flush', undefined)).toEqual([]);
  await expect(post.desk.call('outbox.cancel', { outgoingId: id })).rejects.toMatchObject({ code: 'state.conflict' });
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
