import {
  IconFileAlert,
  IconFilterOff,
  IconUserExclamation,
  IconUserQuestion,
  IconWeight,
  type TablerIcon,
} from '@tabler/icons-react';
import { type QuarantineWhy, quarantineWhySchema } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';

export const reasons = quarantineWhySchema.options;

const signs: Readonly<Record<QuarantineWhy, readonly [Tone, TablerIcon]>> = {
  'no-sender-entry': ['late', IconFilterOff],
  'no-sender': ['late', IconUserQuestion],
  unreadable: ['late', IconFileAlert],
  'too-large': ['late', IconWeight],
  'suspected-sender': ['bad', IconUserExclamation],
};

export function WhyBadge({ why, plain = false }: { readonly why: QuarantineWhy; readonly plain?: boolean }) {
  const t = useText();
  const [tone, icon] = signs[why];
  return <StateBadge tone={tone} icon={icon} word={t(`quarantine.why.${why}`)} plain={plain} />;
}

export function signOfWhy(why: QuarantineWhy): TablerIcon {
  return signs[why][1];
}
