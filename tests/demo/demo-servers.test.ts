import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoMailbox, type DemoServers, startDemoServers } from '../../src-main/demo-servers/demo-servers.ts';
import { planLetters } from '../../src-main/demo-servers/letters/plan-letters.ts';
import { silentLogs } from '../../src-main/logs/logs.ts';

const now = Date.UTC(2026, 9, 14, 9, 30);
let demo: DemoServers;

beforeAll(async () => {
  demo = await startDemoServers({ now, logs: silentLogs });
});
afterAll(() => demo.stop());

async function signedIn<T>(mailbox: DemoMailbox, use: (client: ImapFlow) => Promise<T>, password = mailbox.password) {
  const client = new ImapFlow({
    ...mailbox.imap,
    secure: false,
    doSTARTTLS: false,
    auth: { user: mailbox.login, pass: password },
    logger: false,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    client.close();
  }
}

async function fetchAll(mailbox: DemoMailbox, folder: string) {
  return signedIn(mailbox, async (client) => {
    await client.mailboxOpen(folder, { readOnly: true });
    return client.fetchAll('1:*', { uid: true, flags: true, internalDate: true, source: true }, { uid: true });
  });
}

function send(mailbox: DemoMailbox, to: string, subject: string, password = mailbox.password): Promise<unknown> {
  const auth = { user: mailbox.login, pass: password };
  const transport = createTransport({ ...mailbox.smtp, secure: false, ignoreTLS: true, auth });
  return transport.sendMail({ from: mailbox.address, to, subject, text: 'Готово. / Done.' });
}

test('two hundred letters are served, each with its exact bytes', async () => {
  const planned = planLetters(now);
  let count = 0;
  for (const [mailbox, letters] of [
    [demo.support, planned.support],
    [demo.office, planned.office],
  ] as const) {
    for (const folder of mailbox.folders) {
      const written = letters.filter((letter) => letter.folder === folder);
      const oldestFirst = written.sort((one, other) => one.receivedAt - other.receivedAt);
      const fetched = await fetchAll(mailbox, folder);
      const sources = fetched.map(({ source }) => source?.toString('latin1'));
      expect(sources).toEqual(oldestFirst.map(({ raw }) => Buffer.from(raw).toString('latin1')));
      count += fetched.length;
    }
  }
  expect(count).toBe(200);
});

test('the servers tell when a letter arrived, and which letters are unread', async () => {
  const fetched = await fetchAll(demo.support, 'INBOX');
  const planned = planLetters(now).support.filter(({ folder }) => folder === 'INBOX');
  const dates = fetched.map(({ internalDate }) => Number(internalDate));
  expect(dates).toEqual(planned.map(({ receivedAt }) => Math.floor(receivedAt / 1000) * 1000).sort((a, b) => a - b));
  expect(Math.min(...dates)).toBeGreaterThan(now - 28 * 86_400_000);
  const unread = fetched.filter(({ flags }) => !flags?.has('\\Seen'));
  expect(unread.length).toBe(planned.filter(({ seen }) => !seen).length);
  expect(unread.length).toBeGreaterThan(3);
});

test('looking changes nothing, and letters can be asked for by day and by number', async () => {
  await signedIn(demo.support, async (client) => {
    const inbox = await client.mailboxOpen('INBOX', { readOnly: true });
    const since = new Date(now - 7 * 86_400_000);
    const day = Date.UTC(since.getUTCFullYear(), since.getUTCMonth(), since.getUTCDate());
    const all = await client.fetchAll('1:*', { uid: true, internalDate: true }, { uid: true });
    const young = all.filter(({ internalDate }) => Number(internalDate) >= day).map(({ uid }) => uid);
    expect(await client.search({ since }, { uid: true })).toEqual(young);
    expect(await client.search({ uid: `${inbox.exists - 2}:*` }, { uid: true })).toEqual(
      all.slice(-3).map(({ uid }) => uid),
    );
    await client.fetchAll('1:*', { source: true }, { uid: true });
    expect((await client.search({ seen: false }, { uid: true })) || []).not.toHaveLength(0);
  });
});

test('an answer to the office arrives in its inbox, and who waits there hears of it', async () => {
  await signedIn(demo.office, async (client) => {
    await client.mailboxOpen('INBOX', { readOnly: true });
    const news = new Promise<number>((resolve) => client.on('exists', ({ count }) => resolve(count)));
    const before = (await client.fetchAll('1:*', { uid: true }, { uid: true })).map(({ uid }) => uid);
    const waiting = client.idle();
    await send(demo.support, demo.office.address, 'Re: [#7] Label printer');
    expect(await news).toBe(before.length + 1);
    await client.noop();
    await waiting;
    const arrived = await client.fetchOne('*', { uid: true, envelope: true });
    if (!arrived) throw new Error('nothing arrived');
    expect(arrived.envelope?.subject).toBe('Re: [#7] Label printer');
    // Above everything that a start before this one can have given away.
    expect(arrived.uid).toBeGreaterThan(1_000_000);
  });
});

test('an answer to a customer leaves for the world', async () => {
  await send(demo.support, 'grace@harbour-sons.test', 'Re: sign');
  expect(demo.world.at(-1)?.to).toEqual(['grace@harbour-sons.test']);
});

test('a wrong password opens neither the mailbox nor the way out', async () => {
  await expect(signedIn(demo.office, async () => undefined, 'wrong')).rejects.toMatchObject({
    authenticationFailed: true,
  });
  await expect(send(demo.office, 'grace@harbour-sons.test', 'x', 'wrong')).rejects.toMatchObject({ code: 'EAUTH' });
});

test('a second start serves the same letters under the same numbers, with other passwords', async () => {
  const again = await startDemoServers({ now, logs: silentLogs });
  try {
    const numbers = (list: Awaited<ReturnType<typeof fetchAll>>) => list.map(({ uid }) => uid);
    expect(numbers(await fetchAll(again.support, 'INBOX'))).toEqual(numbers(await fetchAll(demo.support, 'INBOX')));
    const validity = (mailbox: DemoMailbox) =>
      signedIn(mailbox, async (client) => (await client.mailboxOpen('INBOX', { readOnly: true })).uidValidity);
    expect(await validity(again.support)).toBe(await validity(demo.support));
    expect(again.support.password).not.toBe(demo.support.password);
  } finally {
    await again.stop();
  }
});

test('every letter but the odd ones reads as it was written', async () => {
  const { support, office } = planLetters(now);
  const parsed = await Promise.all(
    [...support, ...office].map(({ raw }) => PostalMime.parse(Buffer.from(raw)).catch(() => null)),
  );
  const readable = parsed.filter((letter) => letter !== null);
  // The one that is nested beyond all sense.
  expect(parsed.length - readable.length).toBe(1);
  const broken = readable.filter((letter) => /[\ufffd?]{2}|\?=/.test(`${letter.subject}${letter.text}`));
  expect(broken.map(({ subject }) => subject)).toEqual([]);
  expect(readable.filter(({ text }) => /С уважением|Здравствуйте/.test(text ?? '')).length).toBeGreaterThan(80);
  expect(new Set(readable.map(({ messageId }) => messageId)).size).toBe(readable.length - 2);
  expect(readable.filter(({ attachments }) => attachments.length > 0).length).toBeGreaterThan(30);
  expect(readable.filter(({ references }) => references).length).toBeGreaterThan(50);
});

test('nothing of the demo is left when it has stopped', async () => {
  const short = await startDemoServers({ now, logs: silentLogs });
  await short.stop();
  await expect(fetchAll(short.office, 'INBOX')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
