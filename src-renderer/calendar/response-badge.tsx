import { IconCalendarOff, IconHelpCircle, IconUser } from '@tabler/icons-react';
import type { MeetingResponse, MeetingSummary } from '../../src-shared/domain/meeting.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';

const tones: Readonly<Record<MeetingResponse, Tone>> = {
  organizer: 'idle',
  tentative: 'late',
  accepted: 'good',
  declined: 'idle',
  'not-answered': 'late',
  none: 'idle',
};

type Shown = Pick<MeetingSummary, 'response' | 'cancelled' | 'left' | 'reply'>;

/** What has been answered; what nobody needs to answer any more comes first. */
export function ResponseBadge({ meeting }: { readonly meeting: Shown }) {
  const t = useText();
  const { response, cancelled, left, reply } = meeting;
  if (cancelled) return <StateBadge plain tone="bad" icon={IconCalendarOff} word={t('calendar.cancelled')} />;
  if (reply?.state === 'due' || reply?.state === 'doing')
    return <StateBadge plain tone="busy" word={t(`calendar.answer.${reply.answer}`)} />;
  if (reply?.state === 'failed') return <StateBadge plain tone="bad" word={t(`calendar.answer.${reply.answer}`)} />;
  if (left && response !== 'declined') return <StateBadge plain tone="idle" word={t('calendar.left')} />;
  const signs = { organizer: { icon: IconUser }, 'not-answered': { icon: IconHelpCircle } } as const;
  const sign = response === 'organizer' || response === 'not-answered' ? signs[response] : {};
  return <StateBadge plain tone={tones[response]} word={t(`calendar.response.${response}`)} {...sign} />;
}
