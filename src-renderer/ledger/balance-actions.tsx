import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCloudDownload, IconRefresh } from '@tabler/icons-react';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { type BalanceSum, missingIn, sumBalances } from './balance-sums.ts';
import classes from './balances-pane.module.css';

export interface BalanceActionsProps {
  readonly mailboxId: MailboxId;
  readonly balance: BalanceSum;
  readonly onCounted: () => void;
}

/** When it was counted, count again; and what is missing, with the one click that loads it. */
export function BalanceActions({ mailboxId, balance, onCounted }: BalanceActionsProps) {
  const t = useText();
  const format = useFormats();
  const count = useAction('ledger.recount', {
    cancelOnLeave: true,
    onSuccess: (balances) => {
      onCounted();
      const { unexplained } = sumBalances(balances);
      notifications.show({
        message: unexplained === 0 ? t('ledger.balance.even') : t('ledger.balance.uneven', { count: unexplained }),
        color: unexplained === 0 ? 'teal' : 'red',
      });
    },
  });
  const { at } = balance;
  return (
    <>
      <div className={classes.counted}>
        <span>
          {at === null ? t('ledger.balance.notCounted') : t('ledger.balance.counted', { time: format.timeAgo(at) })}
        </span>
        {count.pending ? (
          <Button size="xs" variant="default" onClick={count.cancel} loaderProps={{ size: 12 }}>
            {t('action.cancel')}
          </Button>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            onClick={() => count.run({ mailboxId })}
          >
            {t('ledger.balance.recount')}
          </Button>
        )}
      </div>
      {count.pending && (
        <p className={classes.quiet} role="status">
          {t('progress.counting')}
        </p>
      )}
      {count.error && (
        <ErrorNotice
          error={count.error}
          action={{ label: t('ledger.balance.recount'), run: () => count.run({ mailboxId }) }}
        />
      )}
      {missingIn(balance) > 0 && <Missing mailboxId={mailboxId} balance={balance} onCounted={onCounted} />}
    </>
  );
}

function Missing({ mailboxId, balance: { unexplained, counts }, onCounted }: BalanceActionsProps) {
  const t = useText();
  const load = useLoadMissing(mailboxId, onCounted);
  return (
    <div className={classes.missing}>
      {unexplained > 0 && <p>{t('ledger.balance.load.unexplained', { count: unexplained })}</p>}
      {counts.refused > 0 && <p>{t('ledger.balance.load.refused', { count: counts.refused })}</p>}
      <Button
        size="xs"
        leftSection={<IconCloudDownload size={14} aria-hidden />}
        loading={load.pending}
        onClick={load.run}
      >
        {t('ledger.balance.load')}
      </Button>
      {load.problem && <ErrorNotice error={load.problem} />}
    </div>
  );
}

/** A pass over what is missing; how far it is stands in the bar above, like that of any pass. */
export function useLoadMissing(mailboxId: MailboxId, onDone: () => void = () => undefined) {
  const t = useText();
  const load = useAction('ledger.loadMissing', {
    onSuccess: (report) => {
      onDone();
      if (report.problem) return;
      const count = report.folders.reduce((sum, { fresh }) => sum + fresh, 0);
      notifications.show({
        message: t('ledger.balance.loaded', { count, left: report.unexplained }),
        color: report.unexplained === 0 ? 'teal' : 'red',
      });
    },
  });
  return {
    run: () => load.run({ mailboxId }),
    pending: load.pending,
    problem: load.error ?? problemOf(load.value),
  };
}

/** A pass that was called off is no problem. */
function problemOf(report: LoadReport | undefined) {
  return report?.problem && report.problem.code !== 'cancelled' ? report.problem : null;
}
