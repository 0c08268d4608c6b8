import { type IncomingEndpoint, isOverHttp, type OutgoingEndpoint } from '../../../src-shared/domain/mailbox.ts';
import { isSameServer } from '../../../src-shared/domain/mailbox-directions.ts';
import type { Connection } from '../../../src-shared/domain/mailbox-switch.ts';
import { isUsualPort } from '../../../src-shared/domain/usual-ports.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** IMAP, imap.company.com:993, SSL/TLS, by password; SMTP, smtp.company.com:587, STARTTLS, by password. Over HTTP one server does both. */
export function connectionWords(
  t: Translate,
  { incoming, outgoing }: Pick<Connection, 'incoming' | 'outgoing'>,
): string {
  const one = incoming !== null && outgoing !== null && isSameServer(incoming, outgoing);
  const endpoints = [incoming, one ? null : outgoing].filter((endpoint) => endpoint !== null);
  return endpoints.map((endpoint) => endpointWords(t, endpoint)).join('; ') || t('switch.signIn.none');
}

function endpointWords(t: Translate, endpoint: IncomingEndpoint | OutgoingEndpoint): string {
  const { host, port, encryption, signIn } = endpoint;
  const protocol = endpoint.protocol ?? 'smtp';
  const encrypted = encryption === 'none' ? t('switch.notEncrypted') : t(`endpoint.encryption.${encryption}`);
  const overHttp = isOverHttp(protocol);
  return [
    t(`endpoint.protocol.${protocol}`),
    overHttp && isUsualPort(port, protocol) ? host : `${host}:${port}`,
    overHttp && encryption === 'tls' ? '' : encrypted,
    t(`switch.signIn.${signIn}`),
  ]
    .filter((word) => word !== '')
    .join(', ');
}
