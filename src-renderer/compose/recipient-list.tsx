import type { OutgoingState, RecipientResult } from '../../src-shared/domain/outgoing.ts';
import { useText } from '../i18n/i18n.tsx';
import { DeliveryBadge } from './delivery-badge.tsx';
import classes from './recipient-list.module.css';

export interface RecipientListProps {
  readonly state: OutgoingState;
  readonly recipients: readonly RecipientResult[];
}

/** Who has the letter and who has not, where that is not the same for all. */
export function RecipientList({ state, recipients }: RecipientListProps) {
  const t = useText();
  if (recipients.every((recipient) => recipient.state === state)) return null;
  return (
    <ul className={classes.recipients} aria-label={t('outbox.recipients')}>
      {recipients.map((recipient) => (
        <li key={recipient.address} className={classes.recipient}>
          <DeliveryBadge state={recipient.state} plain />
          <span className={classes.address} data-selectable>
            {recipient.address}
          </span>
          {recipient.serverWords !== '' && <code className={classes.words}>{recipient.serverWords}</code>}
        </li>
      ))}
    </ul>
  );
}
