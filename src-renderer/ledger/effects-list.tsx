import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck } from '@tabler/icons-react';
import { type Ref, useState } from 'react';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { EffectRow } from './effect-row.tsx';
import classes from './ledger-list.module.css';
import { ledgerRowHeight } from './ledger-row.tsx';
import { type EffectEntries, effectsShown } from './use-effects.ts';
import type { LedgerAddress } from './use-ledger-address.ts';

export interface EffectsListProps {
  readonly effects: EffectEntries;
  readonly address: LedgerAddress;
  readonly rows: Ref<RowListHandle>;
  readonly onOpen: () => void;
}

/** What is to be changed on the servers, and what could not be: the failed first, each kind with what can be done to all of it. */
export function EffectsList({ effects, address, rows, onOpen }: EffectsListProps) {
  const t = useText();
  const { selected, select } = address;
  const { entries, failed, coming, error, retry } = effects;
  return (
    <>
      {error && (
        <div className={classes.notice}>
          <ErrorNotice error={error} action={{ label: t('action.retry'), run: retry }} />
        </div>
      )}
      {failed.length > 0 && <BulkLine kind="failed" entries={failed} />}
      {coming.length > 0 && <BulkLine kind="coming" entries={coming} />}
      <div className={classes.rows}>
        {!entries && !error && <RowSkeletons rows={8} height={ledgerRowHeight} />}
        {entries?.length === 0 && <EmptyState icon={IconCircleCheck} text={t('effect.empty')} />}
        {entries && entries.length > 0 && (
          <RowList
            handle={rows}
            label={t('effect.list')}
            count={entries.length}
            rowHeight={ledgerRowHeight}
            selected={entries.findIndex(({ id }) => id === selected)}
            rowKey={(row) => entries[row]?.id ?? row}
            renderRow={(row) => <EffectRow entry={entries[row]} />}
            onSelect={(row) => {
              const entry = entries[row];
              if (entry) select(entry.id);
            }}
            onOpen={onOpen}
          />
        )}
      </div>
      {effects.more && (
        <p className={classes.foot} role="status">
          {t('effect.first', { count: effectsShown })}
        </p>
      )}
    </>
  );
}

interface BulkLineProps {
  readonly kind: 'failed' | 'coming';
  readonly entries: readonly LedgerEntry[];
}

function BulkLine({ kind, entries }: BulkLineProps) {
  const t = useText();
  const [asking, ask] = useState(false);
  const effectIds = entries.flatMap(({ effect }) => effect?.id ?? []);
  const again = useAction('effects.retry', {
    onSuccess: ({ changed }) =>
      void notifications.show({ message: t('effect.retried', { count: changed }), color: 'teal' }),
  });
  const cancel = useAction('effects.cancel', {
    onSuccess: ({ changed }) => {
      ask(false);
      notifications.show({ message: t('effect.cancelled', { count: changed }) });
    },
  });
  const verb = t(kind === 'failed' ? 'effect.cancelFailed' : 'effect.cancelComing');
  const count = entries.length;
  return (
    <div className={classes.bulk}>
      <span className={classes.bulkWords}>
        <StateBadge tone={kind === 'failed' ? 'bad' : 'busy'} word={t(`effect.${kind}`, { count })} plain />
      </span>
      {kind === 'failed' && (
        <Button size="xs" variant="default" loading={again.pending} onClick={() => again.run({ effectIds })}>
          {t('effect.retryAll')}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={() => ask(true)}>
        {verb}
      </Button>
      {again.error && <ErrorNotice error={again.error} />}
      <Confirm
        opened={asking}
        title={t(kind === 'failed' ? 'effect.cancelFailed.title' : 'effect.cancelComing.title', { count })}
        text={t('effect.cancelAll.text')}
        verb={verb}
        pending={cancel.pending}
        error={cancel.error}
        onConfirm={() => cancel.run({ effectIds })}
        onCancel={() => ask(false)}
      />
    </div>
  );
}
