import { randomBytes } from 'node:crypto';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { isAutomatic } from '../../../../src-main/mime/automatic.ts';
import { condenseLetter } from '../../../../src-main/mime/condense-letter.ts';
import { contentHash } from '../../../../src-main/mime/content-hash.ts';
import { decodeUnnamed } from '../../../../src-main/mime/eight-bit.ts';
import { htmlToText } from '../../../../src-main/mime/html-to-text.ts';
import { messageIdsIn } from '../../../../src-main/mime/message-ids.ts';
import { parseMessage, readAttachments, salvageHeader } from '../../../../src-main/mime/parse-message.ts';

const mixed = (...parts: string[]) =>
  Buffer.from(
    `Subject: S\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
  );
const base64 = (bytes: Buffer, width = 76) =>
  bytes.toString('base64').replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
const file = (bytes: Buffer, width?: number) =>
  `Content-Type: application/zip; name=f.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(bytes, width)}`;

describe('a letter without its large attachments reads as the whole one', () => {
  test.each([9_000, 9_001, 9_002, 50_000, 200_003])('and the size of %i bytes is exact', async (size) => {
    for (const width of [76, 60, 64]) {
      const raw = mixed(
        'Content-Type: text/plain\r\n\r\nText',
        file(randomBytes(size), width),
        file(randomBytes(size + 1), width),
      );
      expect(condenseLetter(raw).omitted.size).toBe(2);
      const letter = await parseMessage(raw);
      expect(letter.attachments.map((it) => it.size)).toEqual([size, size + 1]);
      expect(letter.text.trim()).toBe('Text');
    }
  });

  test('also where lines have no one length', async () => {
    const bytes = randomBytes(30_000);
    const ragged = base64(bytes)
      .split('\r\n')
      .map((line, at) => (at % 7 === 3 ? line.replace(/^(.{20})/, '$1\r\n') : line));
    const raw = mixed(`Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${ragged.join('\r\n')}`);
    expect((await parseMessage(raw)).attachments[0]?.size).toBe(30_000);
  });

  test('and a letter quoted inside a text keeps its words', async () => {
    const quoted = `Content-Type: text/plain\r\n\r\nIt bounced:\r\n--x\r\n${file(randomBytes(20_000))}\r\nlast words`;
    const raw = mixed(quoted);
    expect(condenseLetter(raw).omitted.size).toBe(1);
    const letter = await parseMessage(raw);
    expect(letter.text).toBe((await PostalMime.parse(raw)).text);
    expect(letter.text).toContain('last words');
  });

  test('and one that was forwarded as a file keeps its size', async () => {
    const inner = `Subject: inner\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n${file(randomBytes(20_000))}\r\n--c--`;
    const raw = mixed(
      `Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n${inner}`,
    );
    const [attachment] = (await parseMessage(raw)).attachments;
    expect(attachment?.size).toBeGreaterThan(27_000);
  });
});

describe('a file that was sent without an encoding is saved byte for byte', () => {
  test.each([
    ['lines with CRLF', 'a;b\r\nc;d\r\n'],
    ['no line end at its end', 'a;b\r\nc;d'],
    ['an empty line at its end', 'a;b\r\n\r\n'],
    ['one word', 'word'],
    ['letters beyond ASCII', 'Счёт;1\r\n'],
  ])('%s', async (_name, content) => {
    const raw = mixed('Content-Type: text/plain\r\n\r\nText', `Content-Type: text/csv; name=a.csv\r\n\r\n${content}`);
    const [saved] = await readAttachments(raw);
    expect(Buffer.from(saved?.bytes ?? []).toString()).toBe(content);
    expect((await parseMessage(raw)).attachments[0]?.size).toBe(Buffer.byteLength(content));
  });

  test('a forwarded letter as well', async () => {
    const inner = 'Subject: inner\r\nDKIM-Signature: v=1\r\n\r\nBody  \r\n';
    const raw = mixed(
      `Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename=a.eml\r\n\r\n${inner}`,
    );
    const [saved] = await readAttachments(raw);
    expect(Buffer.from(saved?.bytes ?? []).toString()).toBe(inner);
  });

  test('one in base64 keeps its last line end', async () => {
    const raw = mixed(
      `Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.from('a\nb\n'))}`,
    );
    const [saved] = await readAttachments(raw);
    expect(Buffer.from(saved?.bytes ?? []).toString()).toBe('a\nb\n');
  });
});

describe('fields', () => {
  test('encoded words, groups, a sender instead of From', async () => {
    const letter = await parseMessage(
      Buffer.from(
        'Sender: robot@x.example\r\nTo: Team: a@x.example, "B, C" <b@x.example>;, c@x.example\r\nSubject: =?koi8-r?B?8NLJ18XU?=\r\n =?koi8-r?Q?_=CD=C9=D2?=\r\n\r\n',
      ),
    );
    expect(letter.from).toEqual({ name: '', address: 'robot@x.example' });
    expect(letter.to.map(({ address }) => address)).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
    expect(letter.subject).toBe('Привет мир');
  });

  test('no sender and no date are said to be missing', async () => {
    expect(await parseMessage(Buffer.from('Subject: x\r\nDate: yesterday\r\n\r\n'))).toMatchObject({
      from: null,
      date: null,
    });
  });

  test('ids are taken out of comments and rubbish, each once', () => {
    expect(messageIdsIn('<a@x> (as said) <b@x>,<a@x> nonsense <broken')).toEqual(['<a@x>', '<b@x>']);
    expect(messageIdsIn(Array.from({ length: 500 }, (_, at) => `<${at}@x>`).join(' '))).toHaveLength(60);
  });

  test('what can be saved of a letter beyond the limits is its header', async () => {
    const nested = Array.from(
      { length: 500 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
    );
    const raw = Buffer.from(`Subject: Тема\r\nFrom: a@x.example\r\n${nested.join('')}`);
    await expect(parseMessage(raw)).rejects.toThrow();
    expect(await salvageHeader(raw)).toMatchObject({ subject: 'Тема', from: { address: 'a@x.example' }, text: '' });
  });
});

test.each([
  ['auto-submitted', 'auto-replied', true],
  ['auto-submitted', 'no', false],
  ['auto-submitted', 'No (a person)', false],
  ['precedence', 'bulk', true],
  ['precedence', 'first-class', false],
  ['list-id', '<x>', true],
  ['return-path', '<>', true],
  ['return-path', '<a@x>', false],
  ['content-type', 'multipart/report; report-type=delivery-status', true],
  ['subject', 'list-id', false],
])('%s: %s is automatic: %s', (name, value, automatic) => {
  expect(isAutomatic(new Map([[name, value]]))).toBe(automatic);
});

describe('text without a charset', () => {
  test.each([
    ['utf-8', Buffer.from('Привет')],
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])],
    ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4])],
  ])('is read as %s', (_name, bytes) => {
    expect(decodeUnnamed(bytes)).toBe('Привет');
  });

  test('with single accents is western', () => {
    expect(decodeUnnamed(Buffer.from('caf\xe9 au lait', 'latin1'))).toBe('café au lait');
  });
});

describe('HTML as text', () => {
  test.each([
    ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['a<br>b', 'a\nb'],
    ['<style>p{}</style><script>x</script>seen', 'seen'],
    ['a &lt;b&gt; &amp;amp; &laquo;c&raquo; &#1055;&#x43f; &unknown; &', 'a <b> &amp; «c» Пп &unknown; &'],
    ['&toString; &valueOf;', '&toString; &valueOf;'],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['<!-- hidden -->shown<!-- unclosed', 'shown'],
    ['<ul><li>x<li>y</ul>', '* x\n* y'],
    ['<td>a</td><td>b</td>', 'a b'],
    ['  a \n\t b  ', 'a b'],
  ])('%j', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test('that opens a hundred thousand scripts and closes none is still read', () => {
    expect(htmlToText(`${'<script>'.repeat(100_000)}end`)).toBe('end');
    expect(htmlToText(`${'<STYLE></STYLE>'.repeat(100_000)}end`)).toBe('end');
  });
});

test('a text of very many paragraphs takes no longer than its length, and what is attached to it is found', async () => {
  const file = Buffer.alloc(30_000, 'x');
  const letter = [
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'a\r\n\r\n'.repeat(600_000),
    '--b',
    'Content-Type: application/pdf; name=x.pdf',
    'Content-Transfer-Encoding: base64',
    '',
    file.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--b--',
    '',
  ].join('\r\n');
  const { omitted } = condenseLetter(Buffer.from(letter));
  expect([...omitted.values()]).toEqual([file.length]);
});

describe('content', () => {
  const letter = 'Subject: x\r\nX-Other: y\r\n\r\nX-UID: in the body\r\n';
  const hash = (text: string) => contentHash(Buffer.from(text)).toString('hex');

  test('is the same without the lines that transport adds, folded ones as well', () => {
    expect(hash(`X-UID: 5\r\nStatus: RO\r\n${letter}`)).toBe(hash(letter));
    expect(hash(letter.replace('X-Other', 'X-Keywords: a\r\n b\r\nX-Other'))).toBe(hash(letter));
  });

  test('differs for any other line, and in the body', () => {
    expect(hash(letter.replace('y', 'z'))).not.toBe(hash(letter));
    expect(hash(letter.replace('X-UID: in', 'X-UID: on'))).not.toBe(hash(letter));
  });
});
