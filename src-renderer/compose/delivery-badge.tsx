import {
  IconCircleMinus,
  IconClock,
  IconMailCheck,
  IconMailExclamation,
  IconMailQuestion,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react';
import type { OutgoingState } from '../../src-shared/domain/outgoing.ts';
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

/** How far an answer has come: a sign and a word, the same in the ticket and in the outbox. */
export function DeliveryBadge({ state, plain = false }: { readonly state: OutgoingState; readonly plain?: boolean }) {
  const t = useText();
  const [tone, icon] = signs[state];
  return <StateBadge tone={tone} icon={icon} word={t(`outbox.state.${state}`)} plain={plain} />;
}
