import { crc32, deflateSync } from 'node:zlib';
import type { StockFile } from '../stock/stock.ts';
import type { LetterFile } from './compose-letter.ts';

/** Files that come with letters, made here so that nothing binary lies in the tree. */
export function smallFile(kind: StockFile, number: number, language: 'ru' | 'en'): LetterFile {
  const russian = language === 'ru';
  switch (kind) {
    case 'picture':
      return { name: `photo-${number}.png`, type: 'image/png', bytes: drawPicture(number) };
    case 'invoice':
      return {
        name: russian ? `Счёт № ${number}.pdf` : `invoice-${number}.pdf`,
        type: 'application/pdf',
        bytes: writePdf(`Polar Key Ltd - No. ${number}`),
      };
    case 'table':
      return {
        name: russian ? `Таблица ${number}.csv` : `table-${number}.csv`,
        type: 'text/csv',
        bytes: table(number),
      };
    case 'log':
      return { name: `journal-${number}.txt`, type: 'text/plain; charset=utf-8', bytes: journal(number) };
  }
}

/** A PNG of bands and a frame, its colours by number. */
export function drawPicture(seed: number, width = 160, height = 100): Buffer {
  const rows = Array.from({ length: height }, (_, y) => {
    const pixels = Array.from({ length: width }, (_, x) => {
      if (x < 3 || y < 3 || x >= width - 3 || y >= height - 3) return [38, 50, 56];
      const band = (Math.floor(x / 20) + Math.floor(y / 20) + seed) % 3;
      return (
        [
          [236, 239, 241],
          [144, 202, 249],
          [(seed * 37) % 200, 120, 160],
        ][band] ?? [0, 0, 0]
      );
    });
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for a colour, three colours, nothing interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** One page with one line. */
function writePdf(line: string): Buffer {
  const drawing = `BT /F1 18 Tf 72 760 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, at) => {
    const offset = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

function table(number: number): Buffer {
  const lines = Array.from(
    { length: 12 },
    (_, at) => `${number + at};Позиция ${at + 1} / Item ${at + 1};${(at + 2) * 3}`,
  );
  // With a mark, so that spreadsheet programs take it for UTF-8.
  return Buffer.from(`\ufeff№;Название / Name;Количество / Quantity\r\n${lines.join('\r\n')}\r\n`, 'utf8');
}

function journal(number: number): Buffer {
  const lines = Array.from(
    { length: 20 },
    (_, at) => `[${String(at).padStart(3, '0')}] step ${at + 1}: code ${(number * (at + 1)) % 97}`,
  );
  return Buffer.from(`journal ${number}\n${lines.join('\n')}\nжурнал окончен\n`, 'utf8');
}
