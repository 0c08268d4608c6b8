import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import type { MailProtocol } from '../../src-shared/doctor/clues.ts';
import type { Endpoint } from '../../src-shared/domain/mailbox.ts';
import { isOverHttp } from '../../src-shared/domain/mailbox.ts';
import { withinBudget } from '../net/deadline.ts';
import { placeOf, unjudgedOldSocket } from '../net/tls.ts';

/** What is waited for, and said then. */
type Turn = readonly [heard: RegExp, say: string];

/** The way to STARTTLS (RFC 2595, RFC 3207): an answer each, the last one before the handshake. */
const waysToTls: Readonly<Record<'imap' | 'pop3' | 'smtp', readonly Turn[]>> = {
  imap: [
    [/^\* OK.*\r?\n$/i, 'a STARTTLS\r\n'],
    [/^a OK.*\r?\n$/im, ''],
  ],
  pop3: [
    [/^\+OK.*\r?\n$/i, 'STLS\r\n'],
    [/^\+OK.*\r?\n$/i, ''],
  ],
  smtp: [
    [/^220 .*\r?\n$/m, 'EHLO [127.0.0.1]\r\n'],
    [/^250 .*\r?\n$/m, 'STARTTLS\r\n'],
    [/^220 .*\r?\n$/m, ''],
  ],
};
/** More than all answers on the way together. */
const mostHeard = 16 * 1024;

/**
 * Whether a server that ends the line at the handshake, and does not say why, speaks where versions are offered that were withdrawn (TLS 1.0, 1.1: RFC 8996). A line of its own, no name and
 * no password; the certificate is not judged, since nothing is believed and nothing said over it. Never fails.
 */
export async function speaksOldTlsAlone(
  { endpoint, protocol }: { readonly endpoint: Endpoint; readonly protocol: MailProtocol },
  budget: { readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<boolean> {
  const line = connectPlain(placeOf(endpoint)).on('error', () => {});
  const look = async (): Promise<boolean> => {
    if (endpoint.encryption === 'starttls' && !isOverHttp(protocol)) await walkToTls(line, waysToTls[protocol]);
    const secured = unjudgedOldSocket(endpoint, line);
    await once(secured, 'secureConnect');
    return ['TLSv1', 'TLSv1.1'].includes(secured.getProtocol() ?? '');
  };
  try {
    return await withinBudget(budget, look, () => line.destroy());
  } catch {
    return false;
  } finally {
    line.destroy();
  }
}

async function walkToTls(line: Socket, way: readonly Turn[]): Promise<void> {
  for (const [awaited, say] of way) {
    let heard = '';
    while (!awaited.test(heard)) {
      const [chunk] = (await once(line, 'data')) as [Buffer];
      heard += chunk.toString('latin1');
      if (heard.length > mostHeard) throw new Error('too many words before STARTTLS');
    }
    if (say !== '') line.write(say);
  }
}
