import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { buildMessage, htmlOf, type MessageDraft } from '../../../../src-main/mime/build-message.ts';
import { parseMessage } from '../../../../src-main/mime/parse-message.ts';

const draft: MessageDraft = {
  messageId: '<1@company.example>',
  inReplyTo: '<0@firma.example>',
  references: ['<0@firma.example>'],
  from: { name: 'Поддержка', address: 'support@company.example' },
  replyTo: 'support@company.example',
  to: [{ name: 'Anna, "the boss"', address: 'anna@firma.example' }],
  subject: 'Re: Принтер [#1]',
  date: new Date(Date.UTC(2026, 0, 5)),
  text: 'Строка\n.\nещё',
  html: null,
  attachments: [{ name: 'счёт №1.pdf', type: 'application/pdf', bytes: new Uint8Array([0, 255, 13, 10]) }],
};

test('what was written is read again', async () => {
  const raw = await buildMessage(draft);
  const parsed = await parseMessage(raw);
  expect(parsed).toMatchObject({
    from: { name: 'Поддержка', address: 'support@company.example' },
    to: [{ name: 'Anna, "the boss"', address: 'anna@firma.example' }],
    subject: 'Re: Принтер [#1]',
  });
  expect(parsed.text.replaceAll('\r\n', '\n').trim()).toBe('Строка\n.\nещё');
  const text = raw.toString('latin1');
  expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
});

test('two buildings of one draft differ in nothing but the boundaries', async () => {
  const [one, two] = await Promise.all([buildMessage(draft), buildMessage(draft)]);
  const plain = (raw: Buffer) => raw.toString('latin1').replace(/--_NmP-[^\s";]+/g, 'boundary');
  expect(plain(one ?? Buffer.from(''))).toBe(plain(two ?? Buffer.from('')));
});

test('content that looks like a path or an address is content', async () => {
  const path = import.meta.filename;
  const bytes = Buffer.from(pathToFileURL(path).href);
  const html = `<img src="${pathToFileURL(path).href}"><img src="${path}">`;
  const raw = await buildMessage({ ...draft, html, attachments: [{ name: path, type: '', bytes }] });
  const start = readFileSync(path).subarray(0, 300).toString('base64').slice(0, 60);
  expect(raw.toString('latin1').replaceAll('\r\n', '')).not.toContain(start);
});

test('text stays text in the HTML made from it', () => {
  expect(htmlOf('<script>a & "b"</script>\n  x')).toBe(
    '<div>&lt;script&gt;a &amp; &quot;b&quot;&lt;/script&gt;<br>\r\n&nbsp; x</div>',
  );
});
