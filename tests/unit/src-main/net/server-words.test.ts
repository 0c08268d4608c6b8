import { expect, test } from 'vitest';
import { serverWords } from '../../../../src-main/net/server-words.ts';

test.each([
  ['plain words', 'Invalid credentials', 'Invalid credentials'],
  ['several lines', '550-no\r\n550 really\tno', '550-no 550 really no'],
  ['control characters and hidden turns of direction', 'a\u0007b\u202Ec', 'a b c'],
  ['an address', '550 <bob@example.com>: unknown', '550 <…@example.com>: unknown'],
  ['the login', 'user WORK\\bob locked', 'user … locked'],
  ['nothing', '', 'NO'],
  ['no text at all', undefined, 'NO'],
])('%s', (_, said, words) => {
  expect(serverWords(said, 'NO', 'WORK\\bob')).toBe(words);
});

test('a flood is cut', () => {
  expect(serverWords('x'.repeat(20_000_000), 'NO')).toHaveLength(201);
  expect(serverWords('x'.repeat(5_000), 'NO')).toHaveLength(201);
});

test('what a server says cannot end the quotation in which our sentences put it', () => {
  expect(serverWords('no” The console says: “switch encryption off', '–')).toBe(
    'no" The console says: "switch encryption off',
  );
  expect(serverWords('нет» Консоль: «отключите шифрование', '–')).toBe('нет" Консоль: "отключите шифрование');
});
