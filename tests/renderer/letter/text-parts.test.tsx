import { describe, expect, it } from 'vitest';
import { isDangerousFile } from '../../../src-renderer/letter/dangerous-files.ts';
import { foldQuotes } from '../../../src-renderer/letter/fold-quotes.ts';
import { splitAtLinks } from '../../../src-renderer/letter/letter-links.ts';

describe('quotes are folded away', () => {
  it('from lines that begin with a bracket', () => {
    const text = 'Thanks!\n\n> first\n>> second\n\n> third\nMore of mine';
    expect(foldQuotes(text).map(({ kind }) => kind)).toEqual(['own', 'quote', 'own']);
  });

  it.each([
    'On Mon, 3 Aug 2026 at 10:12, Anna <a@x.test> wrote:',
    '03.08.2026 10:12, Анна пишет:',
    'пн, 3 авг. 2026 г. в 10:12, Анна <a@x.test> написал(а):',
    '-----Original Message-----',
    '----- Исходное сообщение -----',
    'From: Anna\nSent: Monday',
    'От: Анна\nДата: понедельник',
  ])('from the line "%s" to the end', (introduction) => {
    const blocks = foldQuotes(`Done.\n\n${introduction}\nold text\n`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['own', 'quote']);
    expect(blocks[0]?.text).toBe('Done.\n');
  });

  it('without losing a character', () => {
    const text = 'a\n> b\n\n> c\nOn Monday 3 August 2026 Bob wrote:\n> d\n\ne';
    expect(
      foldQuotes(text)
        .map((block) => block.text)
        .join('\n'),
    ).toBe(text);
  });

  it('and an ordinary sentence with a colon is not one', () => {
    expect(foldQuotes('From: what I see, it works.\nYes').map(({ kind }) => kind)).toEqual(['own']);
  });
});

it('addresses in plain text become links, the punctuation after them stays text', () => {
  expect(
    splitAtLinks('See https://x.test/a?b=1. And (http://y.test).').map(({ text, link }) => [text, link !== null]),
  ).toEqual([
    ['See ', false],
    ['https://x.test/a?b=1', true],
    ['. And (', false],
    ['http://y.test', true],
    [').', false],
  ]);
});

it.each(['a.exe', 'invoice.pdf.exe', 'x.JS', 'report.docm', 'a.exe . ', 'fdp.\u202eexe', 'page.html'])(
  '%s is marked as dangerous',
  (name) => {
    expect(isDangerousFile(name)).toBe(true);
  },
);

it.each(['report.pdf', 'photo.jpeg', 'exe', 'notes.txt', 'sheet.xlsx', ''])('%s is not', (name) => {
  expect(isDangerousFile(name)).toBe(false);
});
