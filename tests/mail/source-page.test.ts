import { expect, test } from 'vitest';
import { sourcePage } from '../../src-main/mail/source-page.ts';

test('pages cut at any byte give the whole text together', () => {
  const raw = Buffer.from('Привет 🎉 мир');
  for (let limit = 1; limit <= raw.length; limit++) {
    const pages = [];
    for (let offset = 0; offset < raw.length; offset += limit) pages.push(sourcePage(raw, { offset, limit }).text);
    expect(pages.join('')).toBe('Привет 🎉 мир');
  }
});

test('bytes that are not UTF-8 are shown one by one', () => {
  const raw = Buffer.from([0xcf, 0xf0, 0xe8, 0x0d, 0x0a]);
  expect(sourcePage(raw, { offset: 0, limit: 100 }).text).toBe('Ïðè\r\n');
});
