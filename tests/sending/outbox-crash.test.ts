import { expect, test } from 'vitest';
import { createSending } from '../../src-main/sending/sending.ts';
import type { Store } from '../../src-main/store/store.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { createPostRoom, flush, reaches, replyIn, upToText } from '../support/post-room.ts';

const { openPost, scripted, relay } = createPostRoom();

test('what was being sent when the program ended is unknown at the next start', async () => {
  const server = await relay();
  const post = await openPost(server.port);
  await replyIn(post);
  await post.desk.store.call('outbox.claim', { now: Date.now() + 1, evenEarly: false, except: [] });
  await post.outbox.start();
  expect(await reaches(post, 'unknown')).toMatchObject({ problem: { code: 'delivery.unknown' } });
  expect(server.received).toEqual([]);
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
