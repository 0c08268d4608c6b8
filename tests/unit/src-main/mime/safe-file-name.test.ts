import { expect, test } from 'vitest';
import { safeFileName } from '../../../../src-main/mime/safe-file-name.ts';

test.each([
  ['report.pdf', 'report.pdf'],
  ['Счёт № 12.pdf', 'Счёт № 12.pdf'],
  ['../../x.exe', 'x.exe'],
  ['..\\..\\x.exe', 'x.exe'],
  ['C:\\Windows\\system32\\cmd.exe', 'cmd.exe'],
  ['/etc/passwd', 'passwd'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['COM1 .txt', '_COM1 .txt'],
  ['lpt¹.doc', '_lpt¹.doc'],
  ['console.txt', 'console.txt'],
  ['name. . ', 'name'],
  ['.bashrc', 'bashrc'],
  ['...', 'attachment'],
  ['', 'attachment'],
  ['a/', 'attachment'],
  ['a:b*c?d"e<f>g|h.txt', 'a_b_c_d_e_f_g_h.txt'],
  ['line\r\nbreak\0.txt', 'linebreak.txt'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['zero\u200bwidth.js', 'zerowidth.js'],
  ['half\ud800.txt', 'half\ufffd.txt'],
  ['many    spaces.txt', 'many spaces.txt'],
])('%j becomes %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('a long name is cut to 255 bytes and keeps its extension', () => {
  const safe = safeFileName(`${'ж'.repeat(400)}.docx`);
  expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255);
  expect(safe.endsWith('ж.docx')).toBe(true);
  expect(Buffer.byteLength(safeFileName(`a.${'x'.repeat(400)}`))).toBe(255);
  expect(safeFileName('😀'.repeat(200)).isWellFormed()).toBe(true);
});

test('whatever comes in, one harmless name comes out', () => {
  for (let round = 0; round < 2000; round += 1) {
    const name = Array.from({ length: round % 40 }, (_, at) =>
      String.fromCharCode((round * 7919 + at * 104_729) % 0x3000),
    ).join('');
    const safe = safeFileName(name);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(safe).not.toMatch(/[\\/:*?"<>|\0-\x1f]|^[. ]|[. ]$/);
    expect(safe.length).toBeGreaterThan(0);
  }
});
