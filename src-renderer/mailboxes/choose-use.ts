import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import type { MailboxUse } from '../../src-shared/domain/mailbox-directions.ts';
import { incomingLike, outgoingLike } from './with-protocol.ts';

type Directions = Pick<MailboxSettings, 'incoming' | 'outgoing'>;

/** The directions of that use; one that is not known yet is proposed after the other. */
export function withUse({ incoming, outgoing }: Directions, use: MailboxUse): Directions {
  return {
    incoming: use === 'sends' ? null : (incoming ?? (outgoing && incomingLike(outgoing))),
    outgoing: use === 'receives' ? null : (outgoing ?? (incoming && outgoingLike(incoming))),
  };
}
