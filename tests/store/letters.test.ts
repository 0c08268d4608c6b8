import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FolderId, MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { bytesOf, composeRaw } from '../support/compose-raw.ts';
import { addMailbox, openTestStore, type TestStore } from '../support/open-store.ts';

let it: TestStore;
let mailboxId: MailboxId;
let inbox: FolderId;
let archive: FolderId;
const everything = { mailboxId: null, folderId: null, unreadOnly: false };

beforeAll(async () => {
  it = await openTestStore();
});
afterAll(async () => {
  await it[Symbol.asyncDispose]();
});

async function freshMailbox(): Promise<void> {
  const made = await addMailbox(it.store, `m${crypto.randomUUID()}@company.example`);
  mailboxId = made.mailboxId;
  [inbox, archive] = made.folders as [FolderId, FolderId];
}

let second = Date.UTC(2026, 0, 5) / 1000;
const letter = (uid: number, raw: Uint8Array<ArrayBuffer>, seen = false) => {
  second += 1;
  return { uid, receivedAt: second * 1000, seen, raw };
};

async function store(folderId: FolderId, letters: ReturnType<typeof letter>[], uidValidity = 1) {
  const result = await it.store.call('letters.store', { folderId, uidValidity, letters });
  const { unreadable } = await it.store.call('letters.settle', { mailboxId });
  return { ...result, unreadable };
}

function list(scope: { readonly folderId?: FolderId; readonly unreadOnly?: boolean } = {}): Promise<MessageSummary[]> {
  return it.store.call('letters.list', { scope: { ...everything, mailboxId, ...scope }, before: null, limit: 100 });
}

async function only(): Promise<MessageSummary> {
  const [summary, ...others] = await list();
  if (!summary || others.length > 0) throw new Error('expected one letter');
  return summary;
}

const rawOf = (messageId: MessageId) => it.store.call('letters.raw', { messageId });

describe('keeping letters', () => {
  test('a letter is listed with its fields, newest first', async () => {
    await freshMailbox();
    await store(inbox, [
      letter(1, composeRaw({ subject: 'First' })),
      letter(2, composeRaw({ subject: 'Второе' }), true),
    ]);
    const all = await list();
    expect(all.map(({ subject, unread, state }) => ({ subject, unread, state }))).toEqual([
      { subject: 'Второе', unread: false, state: 'parsed' },
      { subject: 'First', unread: true, state: 'parsed' },
    ]);
    expect(all[1]).toMatchObject({
      from: { name: 'Anna', address: 'anna@firma.example' },
      preview: 'Hello.',
      sentAt: Date.UTC(2026, 0, 5, 7),
      folderId: inbox,
      threadSize: 1,
    });
  });

  test('two letters of one second keep their order and both stay', async () => {
    await freshMailbox();
    const receivedAt = Date.UTC(2026, 1, 1);
    const letters = ['a', 'b', 'c'].map((subject, at) => ({
      uid: at + 1,
      receivedAt,
      seen: true,
      raw: composeRaw({ subject }),
    }));
    await store(inbox, letters);
    expect((await list()).map(({ subject }) => subject)).toEqual(['c', 'b', 'a']);
  });

  test.each([
    ['an empty letter', new Uint8Array(0)],
    ['no header', bytesOf('\r\nonly a body\r\n')],
    ['no body', bytesOf('Subject: x')],
    ['bare line feeds and a NUL', bytesOf('Subject: a\n\nb\0c\n')],
    ['random bytes', Uint8Array.from(randomBytes(70_000))],
    [
      'bytes that are no UTF-8',
      Uint8Array.from(Buffer.from('Subject: \xd2\xe5\xf1\xf2\r\n\r\n\xcf\xf0\xe8', 'latin1')),
    ],
  ])('%s comes back byte for byte', async (_name, raw) => {
    await freshMailbox();
    await store(inbox, [letter(1, raw)]);
    expect(Buffer.from(await rawOf((await only()).id)).equals(Buffer.from(raw))).toBe(true);
  });

  test('a letter whose transport key is known is left alone', async () => {
    await freshMailbox();
    const one = letter(7, composeRaw({ subject: 'Once' }));
    expect(await store(inbox, [one])).toMatchObject({ fresh: 1, known: 0 });
    expect(await store(inbox, [one])).toMatchObject({ fresh: 0, known: 1 });
    expect(await list()).toHaveLength(1);
  });

  test('the same content in another folder gets a second place, not a second copy', async () => {
    await freshMailbox();
    const raw = composeRaw({ subject: 'Copied' });
    const withTransportLines = bytesOf(`X-UID: 12\r\nStatus: RO\r\n${Buffer.from(raw).toString()}`);
    await store(inbox, [letter(1, raw)]);
    expect(await store(archive, [letter(5, withTransportLines)])).toMatchObject({ fresh: 0, known: 1 });
    expect(await list()).toHaveLength(1);
    expect(await list({ folderId: archive })).toMatchObject([{ subject: 'Copied', folderId: archive }]);
    expect(await list({ folderId: inbox })).toMatchObject([{ subject: 'Copied', folderId: inbox }]);
  });

  test('the same content in another mailbox is a letter of its own', async () => {
    await freshMailbox();
    const raw = composeRaw({ subject: 'To both' });
    await store(inbox, [letter(1, raw)]);
    await freshMailbox();
    expect(await store(inbox, [letter(1, raw)])).toMatchObject({ fresh: 1 });
  });

  test('a new UIDVALIDITY doubles nothing and loses nothing', async () => {
    await freshMailbox();
    const raws = ['one', 'two', 'three'].map((subject) => composeRaw({ subject }));
    await store(
      inbox,
      raws.map((raw, at) => letter(at + 1, raw)),
      100,
    );
    const again = [...raws].reverse().map((raw, at) => letter(at + 1, raw));
    expect(await store(inbox, again, 200)).toMatchObject({ fresh: 0, known: 3 });
    expect(await list({ folderId: inbox })).toHaveLength(3);
    const stored = (uidValidity: number) => it.store.call('ledger.stored', { folderId: inbox, uidValidity });
    expect(Array.from(await stored(200))).toEqual([1, 2, 3]);
    expect(Array.from(await stored(100))).toEqual([]);
  });

  test('a batch for a folder that is gone is refused whole', async () => {
    await freshMailbox();
    const batch = { folderId: 999_999 as FolderId, uidValidity: 1, letters: [letter(1, composeRaw())] };
    await expect(it.store.call('letters.store', batch)).rejects.toMatchObject({ code: 'folder.gone' });
    expect(await list()).toEqual([]);
  });
});

describe('unread marks', () => {
  test('follow what the server says, and say how many letters changed', async () => {
    await freshMailbox();
    await store(
      inbox,
      [1, 2, 3].map((uid) => letter(uid, composeRaw({ subject: `n${uid}` }))),
    );
    const set = (unread: number[]) =>
      it.store.call('letters.setUnread', { folderId: inbox, uidValidity: 1, unread: Uint32Array.from(unread) });
    expect(await set([2])).toEqual({ changed: 2 });
    expect(await set([2])).toEqual({ changed: 0 });
    expect((await list({ unreadOnly: true })).map(({ subject }) => subject)).toEqual(['n2']);
    expect(await set([1, 2, 3])).toEqual({ changed: 2 });
  });

  test('what a renumbered folder has no more is not unread for ever', async () => {
    await freshMailbox();
    const unseen = (uid: number) => ({ ...letter(uid, composeRaw({ subject: `n${uid}` })), seen: false });
    await store(inbox, [unseen(1), unseen(2)]);
    await store(inbox, [{ ...unseen(1), uid: 9 }], 2);
    const unread = Uint32Array.from([9]);
    await it.store.call('letters.setUnread', { folderId: inbox, uidValidity: 2, unread });
    expect((await list({ unreadOnly: true })).map(({ subject }) => subject)).toEqual(['n1']);
  });

  test('a letter is unread while it is unseen in any folder', async () => {
    await freshMailbox();
    const raw = composeRaw({ subject: 'Twice' });
    await store(inbox, [letter(1, raw, true)]);
    await store(archive, [letter(1, raw, false)]);
    expect((await only()).unread).toBe(true);
    await it.store.call('letters.setUnread', { folderId: archive, uidValidity: 1, unread: new Uint32Array() });
    expect((await only()).unread).toBe(false);
  });
});

describe('lists', () => {
  test('pages meet without a gap, and counts agree with them', async () => {
    await freshMailbox();
    await store(
      inbox,
      Array.from({ length: 25 }, (_, at) => letter(at + 1, composeRaw({ subject: `s${at}` }))),
    );
    const scope = { ...everything, mailboxId, folderId: inbox };
    const seen: string[] = [];
    for (let before: MessageId | null = null; ; ) {
      const page: MessageSummary[] = await it.store.call('letters.list', { scope, before, limit: 10 });
      seen.push(...page.map(({ subject }) => subject));
      before = page.at(-1)?.id ?? null;
      if (page.length < 10) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => `s${24 - at}`));
    expect(await it.store.call('letters.count', { scope })).toEqual({ total: 25 });
    expect(await it.store.call('letters.count', { scope: { ...scope, folderId: archive } })).toEqual({ total: 0 });
  });

  test('a letter that is gone says so', async () => {
    const gone = { messageId: 12345 as MessageId };
    await expect(it.store.call('letters.get', gone)).rejects.toMatchObject({ code: 'message.gone' });
    await expect(it.store.call('letters.raw', gone)).rejects.toMatchObject({ code: 'message.gone' });
    await expect(it.store.call('letters.thread', gone)).rejects.toMatchObject({ code: 'message.gone' });
  });
});

describe('conversations', () => {
  const reply = (id: string, to: string, subject = id) =>
    composeRaw({ subject, messageId: id, headers: [`In-Reply-To: <${to}>`, `References: <${to}>`] });

  test('answers are joined whatever order they come in', async () => {
    await freshMailbox();
    await store(inbox, [letter(1, reply('c@x', 'b@x')), letter(2, composeRaw({ subject: 'alone', messageId: 'z@x' }))]);
    await store(inbox, [letter(3, composeRaw({ subject: 'a', messageId: 'a@x' })), letter(4, reply('b@x', 'a@x'))]);
    const all = await list();
    expect(Object.fromEntries(all.map(({ subject, threadSize }) => [subject, threadSize]))).toEqual({
      a: 3,
      'b@x': 3,
      'c@x': 3,
      alone: 1,
    });
    const newest = all[0] as MessageSummary;
    const thread = await it.store.call('letters.thread', { messageId: newest.id });
    expect(thread.map(({ subject }) => subject)).toEqual(['c@x', 'a', 'b@x']);
  });

  test('two mailboxes share no conversation', async () => {
    await freshMailbox();
    await store(inbox, [letter(1, composeRaw({ messageId: 'shared@x' }))]);
    await freshMailbox();
    await store(inbox, [letter(1, reply('answer@x', 'shared@x'))]);
    expect((await only()).threadSize).toBe(1);
  });
});

describe('reading', () => {
  test('attachments and pictures come out exactly', async () => {
    await freshMailbox();
    const file = randomBytes(60_000);
    const picture = randomBytes(900);
    const part = (head: string, bytes: Buffer) =>
      `--b\r\n${head}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64').replace(/.{76}/g, '$&\r\n')}\r\n`;
    await store(inbox, [
      letter(
        1,
        bytesOf(
          `Subject: Files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n` +
            `<p>Смотрите <b>счёт</b></p><img src="cid:logo@x">\r\n` +
            part('Content-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Disposition: inline', picture) +
            part('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../Счёт.pdf"', file) +
            '--b--\r\n',
        ),
      ),
    ]);
    const { id } = await only();
    const whole = await it.store.call('letters.get', { messageId: id });
    expect(whole.html).toContain('<b>счёт</b>');
    expect(whole.text).toBe('Смотрите счёт');
    expect(whole.attachments).toMatchObject([
      { index: 0, type: 'image/png', size: 900, contentId: 'logo@x', inline: true },
      { index: 1, name: '../../Счёт.pdf', safeName: 'Счёт.pdf', size: 60_000, inline: false },
    ]);
    const saved = await it.store.call('letters.attachment', { messageId: id, index: 1 });
    expect(Buffer.from(saved.bytes).equals(file)).toBe(true);
    const [shown] = await it.store.call('letters.inlinePictures', { messageId: id });
    expect(shown?.contentId).toBe('logo@x');
    expect(Buffer.from(shown?.bytes ?? []).equals(picture)).toBe(true);
  });

  test('headers are decoded, in order', async () => {
    await freshMailbox();
    await store(inbox, [letter(1, composeRaw({ subject: '=?utf-8?B?0KLQtdC80LA=?=', headers: ['X-Long: a\r\n b'] }))]);
    const headers = await it.store.call('letters.headers', { messageId: (await only()).id });
    expect(headers.slice(2, 5).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Subject: Тема',
      'Date: Mon, 5 Jan 2026 10:00:00 +0300',
      'X-Long: a b',
    ]);
  });

  test('an automatic letter is known as one', async () => {
    await freshMailbox();
    await store(inbox, [letter(1, composeRaw({ headers: ['Auto-Submitted: auto-replied'] }))]);
    expect((await it.store.call('letters.get', { messageId: (await only()).id })).automatic).toBe(true);
  });
});
