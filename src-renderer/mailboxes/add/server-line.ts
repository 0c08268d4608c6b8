import type { Endpoint, IncomingEndpoint } from '../../../src-shared/domain/mailbox.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** imap.company.com:993, SSL/TLS; what is not IMAP is named. */
export function serverLine(endpoint: Endpoint | IncomingEndpoint, t: Translate): string {
  const { host, port, encryption } = endpoint;
  const protocol = 'protocol' in endpoint && endpoint.protocol !== 'imap' ? endpoint.protocol : null;
  const named = protocol ? `, ${t(`endpoint.protocol.${protocol}`)}` : '';
  return `${host}:${port}${named}, ${t(`endpoint.encryption.${encryption}`)}`;
}
