import {
  IconCircleMinus,
  IconClock,
  IconMailCheck,
  IconMailExclamation,
  IconMailQuestion,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react';
import { isPartlyTaken, type OutgoingState, type RecipientResult } from '../../src-shared/domain/outgoing.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';

const signs: Readonly<Record<OutgoingState, readonly [Tone, TablerIcon]>> = {
  queued: ['busy', IconClock],
  sending: ['busy', IconSend],
  accepted: ['good', IconMailCheck],
  failed: ['bad', IconMailExclamation],
  unknown: ['late', IconMailQuestion],
  cancelled: ['idle', IconCircleMinus],
};

export interface DeliveryBadgeProps {
  readonly state: OutgoingState;
  readonly recipients?: readonly RecipientResult[];
  readonly plain?: boolean;
}

/** How far an answer has come: a sign and a word, the same in the ticket and in the outbox. */
export function DeliveryBadge({ state, recipients = [], plain = false }: DeliveryBadgeProps) {
  const t = useText();
  if (isPartlyTaken(state, recipients))
    return <StateBadge tone="late" icon={IconMailExclamation} word={t('outbox.state.partly')} plain={plain} />;
  const [tone, icon] = signs[state];
  return <StateBadge tone={tone} icon={icon} word={t(`outbox.state.${state}`)} plain={plain} />;
}
