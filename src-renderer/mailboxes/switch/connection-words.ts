import type { Connection } from '../../../src-shared/domain/mailbox-switch.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

/** IMAP, imap.company.com, by password. */
export function connectionWords(t: Translate, { incoming }: Pick<Connection, 'incoming'>): string {
  return t('switch.connection', {
    protocol: t(`endpoint.protocol.${incoming.protocol}`),
    host: incoming.host,
    signIn: t(`switch.signIn.${incoming.signIn}`),
  });
}
