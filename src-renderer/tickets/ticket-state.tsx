import { Button, Menu } from '@mantine/core';
import {
  IconArchive,
  IconChevronDown,
  IconCircleCheck,
  IconCircleDot,
  IconHourglass,
  IconProgress,
  type TablerIcon,
} from '@tabler/icons-react';
import { type TicketState, ticketStateSchema } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';

export const ticketStates = ticketStateSchema.options;

const signs: Readonly<Record<TicketState, readonly [Tone, TablerIcon]>> = {
  new: ['late', IconCircleDot],
  open: ['busy', IconProgress],
  waiting: ['idle', IconHourglass],
  solved: ['good', IconCircleCheck],
  closed: ['idle', IconArchive],
};

export function TicketStateBadge({ state, plain = false }: { readonly state: TicketState; readonly plain?: boolean }) {
  const t = useText();
  const [tone, icon] = signs[state];
  return <StateBadge tone={tone} icon={icon} word={t(`tickets.state.${state}`)} plain={plain} />;
}

export function ticketStateSign(state: TicketState): TablerIcon {
  return signs[state][1];
}

interface TicketStateMenuProps {
  readonly state: TicketState;
  readonly pending: boolean;
  readonly onChange: (state: TicketState) => void;
}

export function TicketStateMenu({ state, pending, onChange }: TicketStateMenuProps) {
  const t = useText();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          loading={pending}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t('tickets.state')}: ${t(`tickets.state.${state}`)}`}
        >
          <TicketStateBadge state={state} plain />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ticketStates.map((one) => (
          <Menu.Item key={one} disabled={one === state} onClick={() => onChange(one)}>
            <TicketStateBadge state={one} plain />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
