import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh, IconShieldCheck } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import { DeskHead } from './desk-head.tsx';
import classes from './desk-list.module.css';
import { DeskRow, deskRowHeight } from './desk-row.tsx';
import type { DeskAddress } from './use-desk-address.ts';
import type { DeskItems } from './use-desk-list.ts';

export interface DeskListProps {
  readonly list: DeskItems;
  readonly address: DeskAddress;
  readonly rows: Ref<RowListHandle>;
  readonly onOpen: () => void;
}

/** The letters on the desk, newest first, of which only those in view exist. */
export function DeskList({ list, address, rows, onOpen }: DeskListProps) {
  const t = useText();
  const { filter, selected, select } = address;
  const { data: mailboxes } = useQuery('mailboxes.list');
  const { items } = list.pages;
  const named = filter.mailboxId === null && (mailboxes?.length ?? 0) > 1;
  const mailboxOf = (row: number) =>
    (named && mailboxes?.find(({ id }) => id === items[row]?.letter.mailboxId)?.settings.name) || '';
  return (
    <section className={classes.pane} aria-label={t('quarantine.list')}>
      <DeskHead address={address} />
      {list.error && (
        <div className={classes.notice}>
          <ErrorNotice error={list.error} action={{ label: t('action.retry'), run: list.retry }} />
        </div>
      )}
      <div className={classes.rows}>
        {list.error && items.length === 0 ? null : list.rows === 0 ? (
          <NoLetters address={address} />
        ) : (
          <RowList
            // Another filter begins at its top.
            key={JSON.stringify(filter)}
            handle={rows}
            label={t('quarantine.list')}
            count={list.rows}
            rowHeight={deskRowHeight}
            selected={selected === null ? -1 : items.findIndex(({ id }) => id === selected)}
            rowKey={(row) => items[row]?.id ?? `row-${row}`}
            renderRow={(row) => <DeskRow item={items[row]} mailbox={mailboxOf(row)} />}
            onSelect={(row) => {
              const item = items[row];
              if (item) select(item.id);
            }}
            onOpen={onOpen}
            onRange={list.want}
          />
        )}
      </div>
      {items.length > 0 && !filter.dismissed && <Foot list={list} address={address} />}
    </section>
  );
}

/** As many as one call may try again. */
const mostAtOnce = 500;

/** The rules look again at all, or at those that the filter shows. */
function Foot({ list: { pages }, address: { filter } }: Pick<DeskListProps, 'list' | 'address'>) {
  const t = useText();
  const retry = useAction('quarantine.retry', {
    onSuccess: (result) => void notifications.show({ message: t('quarantine.retried', { ...result }) }),
  });
  const { items, complete } = pages;
  const whole = filter.mailboxId === null && filter.why === null;
  const ids = items.slice(0, mostAtOnce).map(({ id }) => id);
  return (
    <>
      {retry.error && (
        <div className={classes.notice}>
          <ErrorNotice error={retry.error} />
        </div>
      )}
      <div className={classes.foot}>
        <span role="status">
          {complete ? t('quarantine.found', { count: items.length }) : t('ledger.found-more', { count: items.length })}
        </span>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={retry.pending}
          onClick={() => retry.run({ messageIds: whole ? null : ids })}
        >
          {whole ? t('quarantine.retryAll') : t('quarantine.retryThese', { count: ids.length })}
        </Button>
      </div>
    </>
  );
}

function NoLetters({ address: { filter, setFilter } }: Pick<DeskListProps, 'address'>) {
  const t = useText();
  if (filter.dismissed) {
    const action = { label: t('quarantine.empty.dismissedAction'), run: () => setFilter({ dismissed: false }) };
    return <EmptyState icon={IconShieldCheck} text={t('quarantine.empty.dismissed')} action={action} />;
  }
  if (filter.why !== null || filter.mailboxId !== null) {
    const action = {
      label: t('quarantine.empty.filteredAction'),
      run: () => setFilter({ why: null, mailboxId: null }),
    };
    return <EmptyState icon={IconShieldCheck} text={t('quarantine.empty.filtered')} action={action} />;
  }
  const action = { label: t('quarantine.empty.action'), run: () => setFilter({ dismissed: true }) };
  return <EmptyState icon={IconShieldCheck} text={t('quarantine.empty')} action={action} />;
}
