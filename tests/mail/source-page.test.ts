import { expect, test } from 'vitest';
import { sourcePage } from '../../src-main/mail/source-page.ts';

test('a page that would cut a character ends before it', () => {
  const raw = Buffer.from('Привет');
  expect(sourcePage(raw, { offset: 0, limit: 5 })).toEqual({ text: 'Пр', totalBytes: 12 });
});

test('bytes that are not UTF-8 are shown one by one', () => {
  const raw = Buffer.from([0xcf, 0xf0, 0xe8, 0x0d, 0x0a]);
  expect(sourcePage(raw, { offset: 0, limit: 100 }).text).toBe('Ïðè\r\n');
});
