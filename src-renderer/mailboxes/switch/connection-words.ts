import type { Connection } from '../../../src-shared/domain/mailbox-switch.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** IMAP, imap.company.com, by password; of the direction that letters come from, where there is one. */
export function connectionWords(
  t: Translate,
  { incoming, outgoing }: Pick<Connection, 'incoming' | 'outgoing'>,
): string {
  const endpoint = incoming ?? outgoing;
  if (endpoint === null) return t('switch.signIn.none');
  return t('switch.connection', {
    protocol: t(`endpoint.protocol.${endpoint.protocol ?? 'smtp'}`),
    host: endpoint.host,
    signIn: t(`switch.signIn.${endpoint.signIn}`),
  });
}
