import { expect, test } from 'vitest';
import { createTextReader } from '../../../../../src-main/connectors/pop3/unstuff-text.ts';
import { createSeededRandom } from '../../../../bench/seeded-random.ts';

/** As RFC 1939 has a server send it; each letter's last line has its end. */
function stuffed(letter: Buffer): Buffer {
  return Buffer.from(`${letter.toString('latin1').replace(/(^|\r\n)\./g, '$1..')}.\r\n`, 'latin1');
}

/** The letter as it comes out, and what was left behind its end. */
function read(sent: Buffer, size: number) {
  const reader = createTextReader();
  for (let at = 0; at < sent.length; at += size) {
    const rest = reader.feed(sent.subarray(at, at + size));
    if (rest !== null) return { text: reader.text().toString('latin1'), rest: rest.length + sent.length - at - size };
  }
  return { text: 'it has no end', rest: 0 };
}

test.each([
  ['an empty letter', ''],
  ['one empty line', '\r\n'],
  ['a line of one dot', '.\r\n'],
  ['lines of dots', '.\r\n..\r\n...\r\n'],
  ['a dot at the end of a line', 'five.\r\nsix .\r\n'],
  ['a dot behind a bare LF', 'a\n.\r\nb\n..\r\n'],
  ['a dot behind a bare CR', 'a\r.\r\nb\r\r\n'],
  ['a dot behind CR CR LF', 'a\r\r\n.b\r\n'],
  ['a dot line and more', '.\r\n.\r\n\r\n.\r\n'],
  ['CR and LF the wrong way', 'a\n\r.\n\r\r\n'],
  ['bytes of no charset', '\xff\xfe\x00.\r\n\x00\xcf\xd0\r\n'],
])('%s comes out as it was, cut at every size', (_, letter) => {
  const sent = stuffed(Buffer.from(letter, 'latin1'));
  for (let size = 1; size <= sent.length; size += 1) expect(read(sent, size)).toMatchObject({ text: letter });
});

test('what comes behind the end is not part of the letter', () => {
  const sent = Buffer.concat([stuffed(Buffer.from('text\r\n')), Buffer.from('+OK next')]);
  for (let size = 1; size <= sent.length; size += 1) {
    const reader = createTextReader();
    let behind: Buffer | null = null;
    let at = 0;
    for (; behind === null && at < sent.length; at += size) behind = reader.feed(sent.subarray(at, at + size));
    expect(reader.text().toString()).toBe('text\r\n');
    expect(`${behind}${sent.subarray(at)}`).toBe('+OK next');
  }
});

test('letters made of nothing but ends of lines, dots and a byte come out as they were, cut at random', () => {
  const random = createSeededRandom('dots');
  for (let round = 0; round < 5_000; round += 1) {
    const parts = Array.from({ length: random.integer(30) }, () =>
      random.pick(['\r', '\n', '\r\n', '.', 'a'] as const),
    );
    const letter = `${parts.join('')}\r\n`;
    const sent = stuffed(Buffer.from(letter, 'latin1'));
    expect(read(sent, 1 + random.integer(9)).text).toBe(letter);
  }
});

test('a letter of 20 MB that comes in pieces of 1400 bytes is put together in time', () => {
  const line = `${'x'.repeat(76)}\r\n`;
  const letter = line.repeat(270_000);
  expect(read(stuffed(Buffer.from(letter, 'latin1')), 1400).text === letter).toBe(true);
});
