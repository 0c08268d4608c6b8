import {
  IconBan,
  IconClockDown,
  IconEyeOff,
  IconFileSearch,
  IconFilterCog,
  IconLogout,
  IconMail,
  IconShieldQuestion,
  IconTicket,
  IconWeight,
  type TablerIcon,
} from '@tabler/icons-react';
import type { LedgerEntry, LedgerStatus } from '../../src-shared/domain/ledger.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';

const signs: Readonly<Record<LedgerStatus, readonly [Tone, TablerIcon]>> = {
  waiting: ['busy', IconClockDown],
  held: ['idle', IconEyeOff],
  stored: ['busy', IconFileSearch],
  parsed: ['busy', IconFilterCog],
  ticket: ['good', IconTicket],
  appended: ['good', IconTicket],
  kept: ['idle', IconMail],
  quarantined: ['late', IconShieldQuestion],
  left: ['idle', IconLogout],
};

/** What the filter offers: states that mean the same to somebody who looks for a letter. */
export const statusGroups = {
  coming: ['waiting', 'stored', 'parsed'],
  ticket: ['ticket', 'appended'],
  kept: ['kept'],
  quarantined: ['quarantined'],
  held: ['held'],
  left: ['left'],
} as const satisfies Readonly<Record<string, readonly LedgerStatus[]>>;
export type StatusGroup = keyof typeof statusGroups;
export const groupNames = Object.keys(statusGroups) as readonly StatusGroup[];

export function isStatusGroup(name: string): name is StatusGroup {
  return Object.hasOwn(statusGroups, name);
}

export function groupSign(group: StatusGroup): TablerIcon {
  return signs[statusGroups[group][0]][1];
}

export function statusWord({ status, why, ticketId }: LedgerEntry, t: Translate): string {
  if (status === 'held' && (why === 'refused' || why === 'too-large')) return t(`ledger.status.${why}`);
  return t(`ledger.status.${status}`, { id: ticketId });
}

/** Where the letter stands, as a sign and a word. */
export function LedgerStatusBadge({ entry, plain = false }: { readonly entry: LedgerEntry; readonly plain?: boolean }) {
  const t = useText();
  const [tone, icon] = signOf(entry);
  return <StateBadge tone={tone} icon={icon} word={statusWord(entry, t)} plain={plain} />;
}

function signOf({ status, why }: LedgerEntry): readonly [Tone, TablerIcon] {
  if (status === 'held' && why === 'refused') return ['bad', IconBan];
  if (status === 'held' && why === 'too-large') return ['late', IconWeight];
  return signs[status];
}
