import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** imap.company.com:993, SSL/TLS */
export function serverLine({ host, port, encryption }: Endpoint, t: Translate): string {
  return `${host}:${port}, ${t(`endpoint.encryption.${encryption}`)}`;
}
