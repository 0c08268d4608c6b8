import { Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBook2, IconFileSpreadsheet, IconFilterOff, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Ref } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import classes from './ledger-list.module.css';
import { LedgerRow, ledgerRowHeight } from './ledger-row.tsx';
import type { LedgerAddress } from './use-ledger-address.ts';
import type { LedgerEntries } from './use-ledger-list.ts';

export interface LedgerListProps {
  readonly list: LedgerEntries;
  readonly address: LedgerAddress;
  readonly rows: Ref<RowListHandle>;
  readonly onOpen: () => void;
}

/** The letters of the filter, of which only those in view exist. */
export function LedgerList({ list, address, rows, onOpen }: LedgerListProps) {
  const t = useText();
  const { filter, selected, select } = address;
  const { items } = list.pages;
  return (
    <>
      {list.error && (
        <div className={classes.notice}>
          <ErrorNotice error={list.error} action={{ label: t('action.retry'), run: list.retry }} />
        </div>
      )}
      <div className={classes.rows} aria-busy={list.stale}>
        {list.error && items.length === 0 ? null : list.rows === 0 ? (
          <NoEntries address={address} />
        ) : (
          <RowList
            // Another filter begins at its top.
            key={JSON.stringify({ ...filter, query: filter.query === '' })}
            handle={rows}
            label={t('ledger.list')}
            count={list.rows}
            rowHeight={ledgerRowHeight}
            selected={selected === null ? -1 : items.findIndex(({ id }) => id === selected)}
            rowKey={(row) => items[row]?.id ?? `row-${row}`}
            renderRow={(row) => <LedgerRow entry={items[row]} />}
            onSelect={(row) => {
              const entry = items[row];
              if (entry) select(entry.id);
            }}
            onOpen={onOpen}
            onRange={list.want}
          />
        )}
      </div>
      <Foot list={list} address={address} />
    </>
  );
}

/** How many they are, and all of them as a table. */
function Foot({ list: { pages, stale }, address: { filter } }: Pick<LedgerListProps, 'list' | 'address'>) {
  const t = useText();
  const count = pages.items.length;
  const writing = useAction('ledger.export', {
    onSuccess: (written) => {
      if (!written) return;
      const { path, rows } = written;
      notifications.show({ message: t('ledger.exported', { count: rows, path }), color: 'teal' });
    },
  });
  return (
    <>
      {writing.error && (
        <div className={classes.notice}>
          <ErrorNotice
            error={writing.error}
            action={{ label: t('action.retry'), run: () => writing.run({ filter }) }}
          />
        </div>
      )}
      <div className={classes.foot}>
        <span role="status">
          {stale && filter.query !== ''
            ? t('ledger.searching')
            : pages.complete
              ? t('ledger.found', { count })
              : count > 0 && t('ledger.found-more', { count })}
        </span>
        {count > 0 && (
          <Tooltip label={t('ledger.export.hint')}>
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              leftSection={<IconFileSpreadsheet size={14} aria-hidden />}
              loading={writing.pending}
              onClick={() => writing.run({ filter })}
            >
              {t('ledger.export')}
            </Button>
          </Tooltip>
        )}
      </div>
    </>
  );
}

function NoEntries({ address }: Pick<LedgerListProps, 'address'>) {
  const t = useText();
  const navigate = useNavigate();
  const { filter, groups, setGroups, setQuery, scope, lookEverywhere } = address;
  if (filter.query !== '' && (groups.length > 0 || scope.mailboxId !== null)) {
    const action = { label: t('ledger.empty.everywhere'), run: lookEverywhere };
    return <EmptyState icon={IconSearch} text={t('ledger.empty.here', { query: filter.query })} action={action} />;
  }
  if (filter.query !== '') {
    const action = { label: t('ledger.search.clear'), run: () => setQuery('') };
    return <EmptyState icon={IconSearch} text={t('ledger.empty.search', { query: filter.query })} action={action} />;
  }
  if (groups.length > 0) {
    const action = { label: t('ledger.filter.clear'), run: () => setGroups([]) };
    return <EmptyState icon={IconFilterOff} text={t('ledger.empty.filtered')} action={action} />;
  }
  const action = { label: t('ledger.empty.action'), run: () => void navigate({ to: '/mailboxes' }) };
  return <EmptyState icon={IconBook2} text={t('ledger.empty.text')} action={action} />;
}
