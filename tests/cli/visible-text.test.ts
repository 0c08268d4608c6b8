import { expect, test } from 'vitest';
import { shorten, table } from '../../src-main/cli/table.ts';
import { visibleJson, visibleLine, visibleText } from '../../src-main/cli/visible-text.ts';

/** Clears the screen, names the window, turns the line around, rings, hides. */
const hostile = 'a\u001b[2J\u009b31m\u001b]0;owned\u0007\u202egnp.exe\u200b\u0000\u007f\r\nb';

test('a subject cannot drive the terminal', () => {
  expect(visibleLine(hostile)).toBe('a␛[2J\\u009b31m␛]0;owned␇\\u202egnp.exe\\u200b␀␡ b');
});

test('lines of a letter stay lines, and nothing else of control does', () => {
  expect(visibleText('one\r\ntwo\tthree\u001b[1mfour\rfive')).toBe('one\ntwo\tthree␛[1mfour␍five');
});

test('JSON says the same without raw control characters', () => {
  const json = visibleJson(JSON.stringify({ subject: hostile }, null, 2));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(json).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
  expect(JSON.parse(json)).toEqual({ subject: hostile });
});

test('a lone half of a surrogate pair is shown by its number', () => {
  expect(visibleLine('x\ud83dy😀')).toBe('x\\ud83dy😀');
});

test('columns line up under letters of any width', () => {
  expect(
    table(
      ['Имя', 'N'],
      [
        ['日本', 7],
        ['ёж', 12],
      ],
    ),
  ).toEqual(['Имя    N', '日本   7', 'ёж    12']);
});

test('a long subject is cut to its column', () => {
  expect(shorten('Очень длинная тема', 8)).toBe('Очень д…');
  expect(shorten('日本日本', 5)).toBe('日本…');
});
