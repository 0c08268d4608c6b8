import { expect, test } from 'vitest';
import { parseQuery } from '../../../../src-main/store/search/parse-query.ts';

test.each([
  ['', null, null],
  ['   ', null, null],
  ['printer', '("printer" *)', null],
  ['Счёт оплата', '("Счет" * AND "оплата" *)', null],
  ['a', '("a")', null],
  ['anna@firma.ru', '("anna firma ru" *)', null],
  ['"два слова"', '("два слова")', null],
  ['from:anna', '(sender : "anna" *)', null],
  ['FROM:anna', '(sender : "anna" *)', null],
  ['тема:"на оплату"', '(subject : "на оплату")', null],
  ['re:invoice', '("re invoice" *)', null],
  ['constructor:invoice', '("constructor invoice" *)', null],
  ['https://x.example/a', '("https x example a")', null],
  ['paid -printer -"second floor"', '("paid" *)', '("printer" * OR "second floor")'],
  ['-printer', null, '("printer" *)'],
  ['well-known', '("well known" *)', null],
  ['"unclosed phrase', '("unclosed phrase")', null],
  ['x" OR y', '("x" AND "OR y")', null],
])('%j', (typed, include, exclude) => {
  expect(parseQuery(typed)).toEqual({ include, exclude });
});

test('a pasted paragraph is looked up by its first words', () => {
  expect(parseQuery('word '.repeat(500)).include?.match(/word/g)).toHaveLength(24);
});
