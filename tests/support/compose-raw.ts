export interface RawLetter {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly messageId?: string;
  readonly headers?: readonly string[];
}

/** A plain letter as bytes, in UTF-8 throughout. */
export function composeRaw(letter: RawLetter = {}): Uint8Array<ArrayBuffer> {
  const {
    from = 'Anna <anna@firma.example>',
    to = 'support@company.example',
    subject = 'Hello',
    text = 'Hello.',
  } = letter;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    'Date: Mon, 5 Jan 2026 10:00:00 +0300',
    ...(letter.messageId === undefined ? [] : [`Message-ID: <${letter.messageId}>`]),
    ...(letter.headers ?? []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
  ];
  return bytesOf(lines.join('\r\n'));
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(text));
}
