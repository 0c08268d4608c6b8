import { expect, test } from 'vitest';
import { createPostRoom, flush, type Post, reaches, replyIn, upToText } from '../support/post-room.ts';

const { openPost, scripted, relay } = createPostRoom();
const hour = 3_600_000;

/** Nobody but the test moves the clock by hours. */
const claimAt = (post: Post, now: number) =>
  post.desk.store.call('outbox.claim', { now, evenEarly: false, except: [] });

/** One answer whose server wants three hours of rest. */
async function askedToWait(answers: { readonly from?: string; readonly rcpt?: string }) {
  const server = await scripted((line) => upToText(line, answers));
  const post = await openPost(server.port);
  await replyIn(post);
  return { post, server, waiting: await flush(post) };
}

const threeHours = { from: '451 4.7.1 Too many letters, try again in 3 hours' };

test('a server that asks for a wait is asked nothing before it ends, and the outbox says until when', async () => {
  const before = Date.now();
  const { post, waiting } = await askedToWait(threeHours);
  expect(waiting).toMatchObject({
    state: 'queued',
    problem: { code: 'server.throttled', params: { retryAfter: 10_800 } },
  });
  expect(waiting.nextAttemptAt).toBeGreaterThanOrEqual(before + 3 * hour);
  expect(waiting.nextAttemptAt).toBeLessThan(Date.now() + 3.4 * hour);
  expect(await claimAt(post, before + 3 * hour - 1)).toBeNull();
  expect((await claimAt(post, waiting.nextAttemptAt ?? 0))?.outgoing.id).toBe(waiting.id);
});

test('what the same mailbox has to send meanwhile waits as well, and other mailboxes send', async () => {
  const { post, server, waiting } = await askedToWait(threeHours);
  const other = await post.desk.anotherMailbox('sales@company.example');
  const working = await relay();
  post.ports.set(other, working.port);
  await post.desk.receive([{ messageId: 'other@firma.example', subject: 'Other' }], other);
  await post.desk.sort(other);
  const [theirs] = (await post.desk.list()).filter(({ mailboxId }) => mailboxId === other);
  if (waiting.ticketId === null || theirs === undefined) throw new Error('both have a ticket');
  await post.outbox.start();
  const held = await post.desk.reply(waiting.ticketId, 'And this.');
  await post.desk.reply(theirs.id);
  await reaches(post, 'accepted');
  expect(server.connections).toBe(1);
  expect(await claimAt(post, (waiting.nextAttemptAt ?? 0) - 1)).toBeNull();
  const claimed = [await claimAt(post, waiting.nextAttemptAt ?? 0), await claimAt(post, waiting.nextAttemptAt ?? 0)];
  expect(new Set(claimed.map((one) => one?.outgoing.id))).toEqual(new Set([waiting.id, held.id]));
});

test('an address that is greylisted for a while holds up no other answer', async () => {
  const { post, waiting } = await askedToWait({ rcpt: '450 4.2.0 Greylisted, try again in 3 hours' });
  expect(waiting.nextAttemptAt).toBeGreaterThanOrEqual(Date.now() + 2.9 * hour);
  const working = await relay();
  post.ports.set(post.desk.mailboxId, working.port);
  await post.outbox.start();
  if (waiting.ticketId === null) throw new Error('it has a ticket');
  const next = await post.desk.reply(waiting.ticketId, 'And this.');
  expect((await reaches(post, 'accepted')).id).toBe(next.id);
  expect(await reaches(post, 'queued')).toMatchObject({ id: waiting.id, attempts: 1 });
});

test('the network that comes back shortens no wait that a server asked for; a person may', async () => {
  const { post, server, waiting } = await askedToWait(threeHours);
  await post.outbox.start();
  const other = await post.desk.anotherMailbox('sales@company.example');
  const working = await relay();
  post.ports.set(other, working.port);
  await post.desk.receive([{ messageId: 'other@firma.example', subject: 'Other' }], other);
  await post.desk.sort(other);
  const [theirs] = (await post.desk.list()).filter(({ mailboxId }) => mailboxId === other);
  post.desk.events.emit('console.network', { online: true });
  if (theirs) await post.desk.reply(theirs.id);
  await reaches(post, 'accepted');
  expect([server.connections, (await reaches(post, 'queued')).attempts]).toEqual([1, 1]);
  post.ports.set(post.desk.mailboxId, working.port);
  expect((await post.desk.call('outbox.flush', undefined)).map(({ id, state }) => [id, state])).toEqual([
    [waiting.id, 'accepted'],
  ]);
});

test('a clock that was set back by days does not make the wait longer', async () => {
  const { post, waiting } = await askedToWait(threeHours);
  expect((await claimAt(post, Date.now() - 5 * 24 * hour))?.outgoing.id).toBe(waiting.id);
});
