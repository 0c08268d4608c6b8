import { Button, Chip, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import type { TicketFilter } from '../../src-shared/contract/tickets.ts';
import type { MailboxId, TemplateId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { useFormats } from '../ui/use-formats.ts';
import classes from './ticket-filters.module.css';
import { ticketStateSign, ticketStates } from './ticket-state.tsx';
import { isNarrowed, usualFilter } from './use-ticket-filter.ts';

export interface TicketFiltersProps {
  readonly filter: TicketFilter;
  readonly onChange: (part: Partial<TicketFilter>) => void;
  readonly search: Ref<HTMLInputElement>;
  readonly onLeaveSearch: () => void;
}

export function TicketFilters({ filter, onChange, search, onLeaveSearch }: TicketFiltersProps) {
  const t = useText();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && filter.query !== '') onChange({ query: '' });
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeaveSearch();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.filters}>
      <TextInput
        ref={search}
        type="search"
        className={classes.search ?? ''}
        value={filter.query}
        onChange={(event) => onChange({ query: event.currentTarget.value })}
        onKeyDown={press}
        placeholder={t('tickets.search')}
        aria-label={t('tickets.search')}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      />
      <TemplateAndMailbox filter={filter} onChange={onChange} />
      <StateChips filter={filter} onChange={onChange} />
      {isNarrowed(filter) && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => onChange(usualFilter)}>
          {t('tickets.filter.clear')}
        </Button>
      )}
    </div>
  );
}

type PartProps = Pick<TicketFiltersProps, 'filter' | 'onChange'>;

function StateChips({ filter, onChange }: PartProps) {
  const t = useText();
  const format = useFormats();
  const counts = useQuery('tickets.counts');
  return (
    <fieldset className={classes.chips} aria-label={t('tickets.filter.states')}>
      {ticketStates.map((state) => {
        const on = filter.states.includes(state);
        const Sign = ticketStateSign(state);
        return (
          <Chip
            key={state}
            size="xs"
            variant="light"
            checked={on}
            icon={<Sign size={12} aria-hidden />}
            onChange={() =>
              onChange({ states: on ? filter.states.filter((one) => one !== state) : [...filter.states, state] })
            }
          >
            {t(`tickets.state.${state}`)}
            {counts.data && <span className={classes.count}>{format.wholeNumber(counts.data[state])}</span>}
          </Chip>
        );
      })}
      <span className={classes.gap} />
      <Chip size="xs" variant="light" checked={filter.mine} onChange={(mine) => onChange({ mine })}>
        {t('tickets.filter.mine')}
      </Chip>
    </fieldset>
  );
}

function TemplateAndMailbox({ filter, onChange }: PartProps) {
  const t = useText();
  const templates = useQuery('templates.list');
  const mailboxes = useQuery('mailboxes.list');
  const collecting = mailboxes.data?.filter(({ settings }) => settings.collectsTickets) ?? [];
  return (
    <>
      <Select
        className={classes.select ?? ''}
        aria-label={t('tickets.filter.template')}
        allowDeselect={false}
        value={filter.templateId === null ? '' : String(filter.templateId)}
        onChange={(value) => onChange({ templateId: value ? (Number(value) as TemplateId) : null })}
        data={[
          { value: '', label: t('tickets.filter.any-template') },
          ...(templates.data ?? []).map(({ id, settings }) => ({ value: String(id), label: settings.name })),
        ]}
      />
      <Select
        className={classes.select ?? ''}
        aria-label={t('tickets.filter.mailbox')}
        allowDeselect={false}
        value={filter.mailboxId ?? ''}
        onChange={(value) => onChange({ mailboxId: value ? (value as MailboxId) : null })}
        data={[
          { value: '', label: t('tickets.filter.any-mailbox') },
          ...collecting.map(({ id, settings }) => ({ value: id, label: settings.name })),
        ]}
      />
    </>
  );
}
