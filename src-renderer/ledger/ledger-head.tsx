import { ActionIcon, Chip, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import { useText } from '../i18n/i18n.tsx';
import classes from './ledger-list.module.css';
import { groupNames, groupSign } from './ledger-status.tsx';
import type { LedgerAddress } from './use-ledger-address.ts';

export interface LedgerHeadProps {
  readonly address: LedgerAddress;
  readonly search: Ref<HTMLInputElement>;
  readonly onLeaveSearch: () => void;
}

/** Letters or actions on the servers; where is a letter; where do letters stand. */
export function LedgerHead({ address, search, onLeaveSearch }: LedgerHeadProps) {
  const t = useText();
  const { view, setView } = address;
  return (
    <div className={classes.head}>
      <SegmentedControl
        size="xs"
        value={view}
        onChange={(value) => setView(value as 'letters' | 'server')}
        data={(['letters', 'server'] as const).map((value) => ({ value, label: t(`ledger.view.${value}`) }))}
        aria-label={t('ledger.view')}
      />
      {view === 'letters' && (
        <>
          <SearchField address={address} search={search} onLeaveSearch={onLeaveSearch} />
          <GroupChips address={address} />
        </>
      )}
    </div>
  );
}

function SearchField({ address: { query, setQuery }, search, onLeaveSearch }: LedgerHeadProps) {
  const t = useText();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && query !== '') setQuery('');
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeaveSearch();
    else return;
    event.preventDefault();
  };
  return (
    <TextInput
      ref={search}
      type="search"
      className={classes.search ?? ''}
      value={query}
      // A Message-ID may be as long as a line of a header.
      maxLength={998}
      onChange={(event) => setQuery(event.currentTarget.value)}
      onKeyDown={press}
      placeholder={t('ledger.search')}
      aria-label={t('ledger.search.label')}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      rightSection={
        query !== '' && (
          <ActionIcon size={22} onClick={() => setQuery('')} aria-label={t('ledger.search.clear')}>
            <IconX size={14} />
          </ActionIcon>
        )
      }
    />
  );
}

function GroupChips({ address: { groups, setGroups } }: Pick<LedgerHeadProps, 'address'>) {
  const t = useText();
  return (
    <fieldset className={classes.chips} aria-label={t('ledger.filter.statuses')}>
      {groupNames.map((group) => {
        const on = groups.includes(group);
        const Sign = groupSign(group);
        return (
          <Chip
            key={group}
            size="xs"
            variant="light"
            checked={on}
            icon={<Sign size={12} aria-hidden />}
            onChange={() => setGroups(on ? groups.filter((one) => one !== group) : [...groups, group])}
          >
            {t(`ledger.group.${group}`)}
          </Chip>
        );
      })}
    </fieldset>
  );
}
