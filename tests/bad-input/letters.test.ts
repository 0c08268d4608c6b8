import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { letter } from '../sync/open-console.ts';
import { addMailbox, lettersOf, loadAll, type MainProcess, openMain } from './main-process.ts';
import { expectSaid, failureOf } from './said.ts';

const mime = 'From: deep@elsewhere.test\r\nMIME-Version: 1.0\r\n';

function nested(): Buffer {
  const parts = Array.from(
    { length: 10_000 },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return Buffer.from(`Subject: nested\r\n${mime}${parts.join('')}\r\nend\r\n`);
}

/** 30 MB of sevens, 40 MB on the line. */
const megabytes = 30 * 1024 * 1024;
function large(): Buffer {
  const body = Buffer.alloc(megabytes, 7).toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `Subject: large\r\n${mime}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below\r\n` +
      `--b\r\nContent-Type: application/zip; name=big.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n--b--\r\n`,
  );
}

const longHeader = Buffer.from(
  `Subject: header\r\nX-Filler: ${'x'.repeat(3 * 1024 * 1024)}\r\n${mime}\r\nText under it\r\n`,
);
const manyHeaders = Buffer.from(
  `Subject: headers\r\n${Array.from({ length: 40_000 }, (_, at) => `X-Filler-${at}: ${'y'.repeat(60)}\r\n`).join('')}${mime}\r\nText under them\r\n`,
);
const plain = 'Content-Transfer-Encoding: 8bit\r\nContent-Type: text/plain; charset=';
/** Says UTF-8 and is Windows-1251: "Привет" as the subject, "Как дела?" as the text. */
const brokenCharset = Buffer.concat([
  Buffer.from('Subject: '),
  Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
  Buffer.from(`\r\n${mime}${plain}utf-8\r\n\r\n`),
  Buffer.from([0xca, 0xe0, 0xea, 0x20, 0xe4, 0xe5, 0xeb, 0xe0, 0x3f, 0x0d, 0x0a]),
]);
const unknownCharset = Buffer.from(`Subject: klingon\r\n${mime}${plain}x-klingon\r\n\r\nplain words\r\n`);
const climbing = Buffer.from(
  `Subject: climbing\r\n${mime}Content-Type: multipart/mixed; boundary=b\r\n\r\n` +
    '--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="../../x.exe"\r\n\r\nMZ one\r\n' +
    '--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="..\\\\..\\\\x.exe"\r\n\r\nMZ two\r\n--b--\r\n',
);

const letters: Readonly<Record<string, Buffer>> = {
  first: Buffer.from(letter('first')),
  nested: nested(),
  large: large(),
  header: longHeader,
  headers: manyHeaders,
  Привет: brokenCharset,
  klingon: unknownCharset,
  climbing,
  last: Buffer.from(letter('last')),
};

let dovecot: Dovecot;
let main: MainProcess;
let folder: ReturnType<typeof temporaryFolder>;
let mailbox: Mailbox;
let healthy: Mailbox;
let report: LoadReport;
let beside: LoadReport;
let listed: readonly MessageSummary[];
let saveUnder: string;

beforeAll(async () => {
  dovecot = await startDovecot();
  folder = temporaryFolder();
  main = await openMain({ saveAs: (name) => join(saveUnder, name) });
  fillMaildir(
    dovecot,
    'hostile',
    'INBOX',
    Object.values(letters).map((raw) => ({ raw })),
  );
  fillMaildir(dovecot, 'healthy', 'INBOX', [{ raw: letter('healthy') }]);
  mailbox = await addMailbox(main, { user: 'hostile', port: dovecot.imapPort, largestMb: 50 });
  healthy = await addMailbox(main, { user: 'healthy', port: dovecot.imapPort });
  const reports = await loadAll(main);
  [report, beside] = [reports(mailbox), reports(healthy)];
  listed = await lettersOf(main, mailbox);
});
afterAll(async () => {
  await main?.close();
  await dovecot?.stop();
  folder?.[Symbol.dispose]();
});

function listedAs(subject: string): MessageSummary {
  const found = listed.find((one) => one.subject === subject);
  if (!found) throw new Error(`${subject} is not listed`);
  return found;
}

test('all are loaded, one is unreadable, and those around them and beside them are as ever', () => {
  const count = Object.keys(letters).length;
  expect(report).toMatchObject({ problem: null, unreadable: 1 });
  expect(report.folders).toMatchObject([{ onServer: count, loaded: count, fresh: count, failed: 0, problem: null }]);
  expect(beside).toMatchObject({ problem: null, unreadable: 0, folders: [{ fresh: 1 }] });
  const states = listed.map(({ subject, state }) => [subject, state]);
  const wanted = Object.keys(letters).map((subject) => [subject, subject === 'nested' ? 'unreadable' : 'parsed']);
  expect(states.sort()).toEqual(wanted.sort());
});

test.each(Object.keys(letters))('the letter %s is saved byte for byte', async (subject) => {
  saveUnder = folder.path;
  const saved = await main.call('mail.saveLetter', { messageId: listedAs(subject).id });
  // Compared as a whole: a difference of forty megabytes is nothing to print.
  expect(readFileSync(saved?.path ?? '').equals(letters[subject] as Buffer)).toBe(true);
});

describe('10,000 nested parts', () => {
  test('are listed by their header and said to be unreadable', () => {
    const { problem, from } = listedAs('nested');
    expectSaid(problem, 'message.unreadable');
    expect(from?.address).toBe('deep@elsewhere.test');
  });

  test('can be opened as source, and an attachment of theirs cannot be had', async () => {
    const { id: messageId } = listedAs('nested');
    expect((await main.call('mail.letter', { messageId })).text).toBe('');
    const source = await main.call('mail.source', { messageId, offset: 0, limit: 1000 });
    expect(source.text).toMatch(/^Subject: nested/);
    const failure = await failureOf(main.call('mail.saveAttachment', { messageId, index: 0 }));
    expectSaid(failure, 'message.unreadable');
  });
});

test('a letter of 40 MB is read, and its attachment saved whole', async () => {
  const { id: messageId, preview, attachmentCount } = listedAs('large');
  expect([preview, attachmentCount]).toEqual(['See below', 1]);
  saveUnder = folder.path;
  const saved = await main.call('mail.saveAttachment', { messageId, index: 0 });
  const bytes = readFileSync(saved?.path ?? '');
  expect(bytes.length).toBe(megabytes);
  expect(bytes.every((byte) => byte === 7)).toBe(true);
});

test('a header of 3 MB, in one line or in forty thousand, is read over', async () => {
  expect([listedAs('header').preview, listedAs('headers').preview]).toEqual(['Text under it', 'Text under them']);
  const { text } = await main.call('mail.letter', { messageId: listedAs('header').id });
  expect(text.trim()).toBe('Text under it');
  // What the page is given of it is bounded by what it asks for.
  const source = await main.call('mail.source', { messageId: listedAs('header').id, offset: 0, limit: 100 });
  expect(source.text.length).toBe(100);
});

test('a letter in another charset than it says, or in none that is known, is read and found', async () => {
  expect(listedAs('Привет').preview).toBe('Как дела?');
  expect(listedAs('klingon').preview).toBe('plain words');
  const scope = { mailboxId: null, folderId: null, unreadOnly: false };
  const found = await main.call('mail.search', { query: 'дела', scope, before: null, limit: 10 });
  expect(found.map(({ subject }) => subject)).toEqual(['Привет']);
});

test('an attachment named ../../x.exe is offered as x.exe and lies where the person said, and nowhere else', async () => {
  const { id: messageId, attachmentCount } = listedAs('climbing');
  expect(attachmentCount).toBe(2);
  const { attachments } = await main.call('mail.letter', { messageId });
  expect(attachments[0]?.name).toBe('../../x.exe');
  saveUnder = join(folder.path, 'no', 'such', 'folder');
  const nowhere = await failureOf(main.call('mail.saveAttachment', { messageId, index: 0 }));
  expect(expectSaid(nowhere, 'file.not-written')).toContain(join(saveUnder, 'x.exe'));
  const before = readdirSync(folder.path).sort();
  saveUnder = folder.path;
  for (const [index, content] of ['MZ one', 'MZ two'].entries()) {
    const saved = await main.call('mail.saveAttachment', { messageId, index });
    expect(main.offered.at(-1)).toBe('x.exe');
    expect(saved?.path).toBe(join(folder.path, 'x.exe'));
    expect(readFileSync(join(folder.path, 'x.exe'), 'utf8')).toBe(content);
  }
  expect(readdirSync(folder.path).sort()).toEqual([...before, 'x.exe'].sort());
});
