import { expect, test } from 'vitest';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { freePorts } from '../support/free-ports.ts';
import { createPostRoom, flush, type Post, reaches } from '../support/post-room.ts';
import type { ScriptedLine } from '../support/scripted-server.ts';

const { openPost, scripted } = createPostRoom();
const addresses = ['anna@firma.example', 'boris@firma.example', 'clara@firma.example'];
const [anna = '', boris = '', clara = ''] = addresses;

/** Servers that answer each address by the table; who got the text is counted, whole letters only. */
async function office(words: Record<string, string>) {
  const delivered: string[] = [];
  const server = await scripted(async (line) => {
    const taken = await envelope(line, words);
    if (taken.length === 0) return line.stall();
    await line.readUntil('\r\n.\r\n');
    delivered.push(...taken);
    await line.send('250 2.0.0 taken\r\n');
    await line.stall();
  });
  return { ...server, delivered };
}

/** Up to the text; whom the server takes. */
async function envelope(line: ScriptedLine, words: Record<string, string>): Promise<string[]> {
  const taken: string[] = [];
  await line.send('220 office\r\n');
  for (;;) {
    const said = await line.nextLine();
    const address = /^RCPT TO:<(.*?)>/.exec(said)?.[1] ?? '';
    const answer = words[address] ?? '250 ok';
    if (address !== '' && answer.startsWith('250')) taken.push(address);
    if (said === 'DATA' && taken.length > 0) {
      await line.send('354 go on\r\n');
      return taken;
    }
    await line.send(`${said === 'DATA' ? '554 nobody' : answer}\r\n`);
    if (said.startsWith('RSET') || said.startsWith('QUIT')) return [];
  }
}

async function letterToThree(post: Post): Promise<Outgoing> {
  const { mailboxId } = post.desk;
  const ticketId = (await post.desk.only()).id;
  const raw = Buffer.from('Message-ID: <three@company.example>\r\nSubject: Re\r\n\r\nDone.\r\n');
  const to = addresses.map((address) => ({ name: '', address }));
  const head = { mailboxId, ticketId, messageIdHeader: '<three@company.example>', from: 'support@company.example' };
  const letter = { ...head, to, subject: 'Re', text: 'Done.', attachments: [], author: 'Anna', raw };
  return post.desk.sending.queue(letter, null);
}

const states = ({ recipients }: Outgoing): OutgoingState[] => recipients.map(({ state }) => state);
const mixed = { [boris]: '550 5.1.1 no such person', [clara]: '451 4.2.0 come back later' };

test('who was put off is tried again alone, who was refused stays refused, and each is told in the server’s words', async () => {
  const first = await office(mixed);
  const post = await openPost(first.port);
  await letterToThree(post);
  const partly = await flush(post);
  expect(partly).toMatchObject({ state: 'queued', problem: { code: 'server.unavailable' } });
  expect(states(partly)).toEqual(['accepted', 'failed', 'queued']);
  expect(partly.recipients.map(({ serverWords }) => serverWords)).toEqual(['', mixed[boris], mixed[clara]]);
  expect(partly.givesUpAt).toBeGreaterThan((partly.nextAttemptAt ?? 0) + 4 * 24 * 3_600_000);

  const second = await office({});
  post.ports.set(post.desk.mailboxId, second.port);
  post.ahead = 120_000;
  await post.outbox.start();
  const done = await reaches(post, 'failed');
  expect(states(done)).toEqual(['accepted', 'failed', 'accepted']);
  expect(done.problem?.code).toBe('recipient.some-refused');
  expect([first.delivered, second.delivered]).toEqual([[anna], [clara]]);
  const entry = (await post.desk.get((await post.desk.only()).id)).entries.at(-1);
  expect(entry).toMatchObject({ kind: 'answer', recipients: done.recipients, givesUpAt: null });
});

test('sent again by a person, it goes to those alone who have not got it', async () => {
  const first = await office({ [boris]: '550 no', [clara]: '550 no' });
  const post = await openPost(first.port);
  const { id } = await letterToThree(post);
  expect(states(await flush(post))).toEqual(['accepted', 'failed', 'failed']);
  const second = await office({});
  post.ports.set(post.desk.mailboxId, second.port);
  await post.desk.call('outbox.sendAgain', { outgoingId: id });
  expect(states(await flush(post))).toEqual(['accepted', 'accepted', 'accepted']);
  expect(second.delivered).toEqual([boris, clara]);
});

test('nobody taken: a later one is waited for, and the refused one is not asked again', async () => {
  const first = await office({ [anna]: '550 no', ...mixed });
  const post = await openPost(first.port);
  await letterToThree(post);
  expect(states(await flush(post))).toEqual(['failed', 'failed', 'queued']);
  const second = await office({});
  post.ports.set(post.desk.mailboxId, second.port);
  expect((await flush(post)).state).toBe('failed');
  expect(second.delivered).toEqual([clara]);
});

test('who is put off to the end is given up, and the others keep the letter', async () => {
  const server = await office({ [clara]: '451 later' });
  const post = await openPost(server.port);
  await letterToThree(post);
  await flush(post);
  await skipTo(post, 118);
  expect(await flush(post)).toMatchObject({ state: 'queued', attempts: 119 });
  const last = await flush(post);
  expect(last).toMatchObject({ state: 'failed', attempts: 120, problem: { code: 'recipient.some-refused' } });
  expect(states(last)).toEqual(['accepted', 'accepted', 'failed']);
  expect(server.delivered).toEqual([anna, boris]);
});

/** Attempts that end without a word, straight in the store: a hundred lines would tell nothing new. */
async function skipTo(post: Post, attempts: number): Promise<void> {
  for (;;) {
    const claimed = await post.desk.store.call('outbox.claim', { now: Date.now(), evenEarly: true, except: [] });
    if (!claimed) throw new Error('nothing is queued');
    const { id, problem, serverWords } = claimed.outgoing;
    const end = { outgoingId: id, state: 'queued', nextAttemptAt: Date.now(), problem, serverWords } as const;
    await post.desk.store.call('outbox.settle', end);
    if (claimed.outgoing.attempts === attempts) return;
  }
}

test('the day on which it is given up stands as long as it is true, and no longer', async () => {
  const later = { [anna]: '451 later', [boris]: '451 later', [clara]: '451 later' };
  const server = await office(later);
  const post = await openPost(server.port);
  const { id } = await letterToThree(post);
  const day = async () => (await flush(post)).givesUpAt;
  const first = await day();
  expect(first).not.toBeNull();
  // One attempt later fewer are left; the day itself comes no nearer than by the wait that was skipped.
  expect(await day()).toBeGreaterThan((first ?? 0) - 60_000);
  // A line that is down is never given up.
  const [closed = 0] = await freePorts(1);
  post.ports.set(post.desk.mailboxId, closed);
  expect(await flush(post)).toMatchObject({ problem: { code: 'network.unreachable' }, givesUpAt: null });
  post.ports.set(post.desk.mailboxId, server.port);
  expect(await day()).not.toBeNull();
  expect(await post.desk.call('outbox.cancel', { outgoingId: id })).toMatchObject({
    state: 'cancelled',
    givesUpAt: null,
  });
  const [listed] = await post.desk.call('outbox.list', { states: [], limit: 1 });
  expect(listed?.givesUpAt).toBeNull();
});

test.each(['before', 'after'] as const)(
  'the store dies %s it keeps what was told: nobody gets it twice',
  async (when) => {
    const first = await office({ [clara]: '451 later' });
    const post = await openPost(first.port, (store) => {
      let died = false;
      return {
        ...store,
        call: async (name, input, signal) => {
          if (died || name !== 'outbox.settle') return store.call(name, input, signal);
          died = true;
          if (when === 'after') await store.call(name, input, signal);
          post.desk.killStore();
          throw new AppError('store.unavailable');
        },
      };
    });
    await letterToThree(post);
    expect(states(await flush(post))).toEqual(['accepted', 'accepted', 'queued']);
    const second = await office({});
    post.ports.set(post.desk.mailboxId, second.port);
    expect(states(await flush(post))).toEqual(['accepted', 'accepted', 'accepted']);
    expect(second.delivered).toEqual([clara]);
  },
);

test('the program ends while the last one is tried again: only this one is unknown, and only it is sent again', async () => {
  const first = await office({ [clara]: '451 later' });
  const post = await openPost(first.port);
  await letterToThree(post);
  await flush(post);
  await post.desk.store.call('outbox.claim', { now: Date.now(), evenEarly: true, except: [] });
  await post.outbox.start();
  const unknown = await reaches(post, 'unknown');
  expect(states(unknown)).toEqual(['accepted', 'accepted', 'unknown']);
  const second = await office({});
  post.ports.set(post.desk.mailboxId, second.port);
  await post.desk.call('outbox.sendAgain', { outgoingId: unknown.id });
  await reaches(post, 'accepted');
  expect(second.delivered).toEqual([clara]);
});
