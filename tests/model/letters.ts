/** `customer`: a sender entry speaks for it, so it belongs to exactly one ticket. `stranger`: to none. `unreadable`: beyond the parser's limits, to none. */
export type LetterKind = 'customer' | 'stranger' | 'unreadable';

/** One letter as somebody wrote it; `serial` stands in its header and makes its content unlike any other. */
export interface ModelLetter {
  readonly serial: number;
  readonly kind: LetterKind;
  /** With angle brackets; two letters may bear the same. */
  readonly messageId: string;
  /** A Message-ID that it answers; null: a new matter. */
  readonly answers: string | null;
}

export const serialHeader = 'X-Model-Serial';
export const customerDomain = 'customers.example';
/** Deeper than any parser of ours follows. */
const nesting = 150;
/** Bytes that are no UTF-8, lines that begin with dots, markup: whatever the way there could bend. */
const bodies = [
  (serial: number) => Buffer.from(`Добрый день. Обращение ${serial}: не печатает принтер.\r\n.\r\n..две точки\r\n`),
  (serial: number) => Buffer.from(`Caf\xe9 num\xe9ro ${serial} \xa0\xff\xfe\r\n`, 'latin1'),
  (serial: number) => Buffer.from(`From the start: ${serial}\r\n>From quoted\r\n\r\n\r\n${'x'.repeat(900)}\r\n`),
  (serial: number) => Buffer.from(`${`Line of request ${serial}. `.repeat(6)}\r\n`.repeat(40 + (serial % 60))),
] as const;

/** Always the same bytes for the same letter. */
export function letterBytes({ serial, kind, messageId, answers }: ModelLetter): Buffer {
  const domain = kind === 'stranger' ? 'strangers.example' : customerDomain;
  const header = [
    `From: Department ${serial % 40} <department${serial % 40}@${domain}>`,
    'To: support@company.example',
    `Subject: ${answers === null ? '' : 'Re: '}Request ${serial}`,
    `Message-ID: ${messageId}`,
    ...(answers === null ? [] : [`In-Reply-To: ${answers}`, `References: ${answers}`]),
    `Date: ${new Date(Date.UTC(2026, 0, 5) + serial * 1000).toUTCString().replace('GMT', '+0000')}`,
    `${serialHeader}: ${serial}`,
    'MIME-Version: 1.0',
  ];
  return kind === 'unreadable' ? nested(header) : plain(header, serial);
}

function plain(header: readonly string[], serial: number): Buffer {
  const type = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', ''];
  const body = bodies[serial % bodies.length]?.(serial) ?? Buffer.alloc(0);
  return Buffer.concat([Buffer.from([...header, ...type].join('\r\n')), body]);
}

function nested(header: readonly string[]): Buffer {
  const levels = Array.from(
    { length: nesting },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  return Buffer.from(`${header.join('\r\n')}\r\n${levels.join('')}\r\nend\r\n`);
}

/** When it came to the server: rising, so that the newest is known. */
export const arrivalOf = (serial: number): Date => new Date(Date.UTC(2026, 0, 5, 0, 0, 2) + serial * 1000);

export function serialOf(raw: Uint8Array): number {
  const serial = new RegExp(`^${serialHeader}: (\\d+)`, 'm').exec(Buffer.from(raw).toString('latin1', 0, 16_000))?.[1];
  if (serial === undefined)
    throw new Error(`a letter that nobody sent: ${Buffer.from(raw).toString('latin1', 0, 400)}`);
  return Number(serial);
}
