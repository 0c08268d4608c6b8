import { exchangeUrl, newExchange } from '../../../src-shared/domain/exchange.ts';
import type { Endpoint, IncomingEndpoint, OutgoingEndpoint } from '../../../src-shared/domain/mailbox.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** imap.company.com:993, SSL/TLS; what is not IMAP is named. */
export function serverLine(endpoint: Endpoint | IncomingEndpoint | OutgoingEndpoint, t: Translate): string {
  const { host, port, encryption } = endpoint;
  const said = 'protocol' in endpoint ? endpoint.protocol : undefined;
  if (said === 'ews' && 'exchange' in endpoint)
    return exchangeUrl({ ...endpoint, ...(endpoint.exchange ?? newExchange) });
  if (said === 'graph') return `${t('endpoint.protocol.graph')}, ${host}${port === 443 ? '' : `:${port}`}`;
  const protocol = said === 'pop3' ? said : null;
  const named = protocol ? `, ${t(`endpoint.protocol.${protocol}`)}` : '';
  return `${host}:${port}${named}, ${t(`endpoint.encryption.${encryption}`)}`;
}
