import { Select, Title } from '@mantine/core';
import type { FolderId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { FolderBalance } from '../../src-shared/domain/ledger.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { useFormats } from '../ui/use-formats.ts';
import { BalanceActions } from './balance-actions.tsx';
import { BalanceCard } from './balance-card.tsx';
import { missingIn, sumBalances } from './balance-sums.ts';
import classes from './balances-pane.module.css';

export interface LedgerScope {
  readonly mailboxId: MailboxId | null;
  readonly folderId: FolderId | null;
}

export interface BalancesPaneProps {
  readonly scope: LedgerScope;
  readonly onScope: (scope: LedgerScope) => void;
}

/** Which mailbox, and whether everything on its server is in the ledger, folder by folder. */
export function BalancesPane({ scope, onScope }: BalancesPaneProps) {
  const t = useText();
  const mailboxes = useQuery('mailboxes.list');
  return (
    <section className={classes.pane} aria-labelledby="ledger-title">
      <Title order={1} id="ledger-title" className={classes.title}>
        {t('ledger.title')}
      </Title>
      <Select
        className={classes.chooser ?? ''}
        aria-label={t('ledger.mailbox')}
        allowDeselect={false}
        searchable={(mailboxes.data?.length ?? 0) > 8}
        value={scope.mailboxId ?? ''}
        onChange={(value) => onScope({ mailboxId: value ? (value as MailboxId) : null, folderId: null })}
        data={[
          { value: '', label: t('ledger.mailbox.all') },
          ...(mailboxes.data ?? []).map(({ id, settings }) => ({ value: id, label: settings.name })),
        ]}
      />
      <Balances scope={scope} onScope={onScope} mailboxes={mailboxes.data ?? []} />
    </section>
  );
}

function Balances(props: BalancesPaneProps & { readonly mailboxes: readonly Mailbox[] }) {
  const { scope, onScope, mailboxes } = props;
  const t = useText();
  const balances = useQuery('ledger.balances', { mailboxId: scope.mailboxId }, { keepPrevious: true });
  const countedAgain = () => void balances.refetch();
  if (balances.error) {
    return (
      <div className={classes.notice}>
        <ErrorNotice error={balances.error} action={{ label: t('action.retry'), run: countedAgain }} />
      </div>
    );
  }
  if (!balances.data) return <RowSkeletons rows={3} height={84} />;
  // While the answer for another mailbox is on its way, that of the one before is still here.
  const shown = balances.data.filter(({ mailboxId }) => scope.mailboxId === null || mailboxId === scope.mailboxId);
  if (balances.data.length === 0) {
    return <p className={classes.quiet}>{t('ledger.balances.empty')}</p>;
  }
  return (
    <>
      {scope.mailboxId !== null && (
        <BalanceActions mailboxId={scope.mailboxId} balance={sumBalances(shown)} onCounted={countedAgain} />
      )}
      <ul className={classes.cards} aria-label={t('ledger.balances')}>
        {scope.mailboxId === null ? (
          <MailboxCards balances={shown} mailboxes={mailboxes} onScope={onScope} />
        ) : (
          <FolderCards balances={shown} scope={scope} onScope={onScope} />
        )}
      </ul>
    </>
  );
}

interface CardsProps {
  readonly balances: readonly FolderBalance[];
  readonly onScope: (scope: LedgerScope) => void;
}

/** Those in which something is missing first. */
function MailboxCards(props: CardsProps & { readonly mailboxes: readonly Mailbox[] }) {
  const { balances, mailboxes, onScope } = props;
  const format = useFormats();
  const sums = mailboxes
    .map(({ id, settings }) => {
      const own = balances.filter(({ mailboxId }) => mailboxId === id);
      return { id, name: settings.name, folders: own.length, balance: sumBalances(own) };
    })
    .filter(({ folders }) => folders > 0)
    .sort((a, b) => Number(missingIn(b.balance) > 0) - Number(missingIn(a.balance) > 0));
  return sums.map(({ id, name, balance }) => (
    <BalanceCard
      key={id}
      name={name}
      aside={balance.at === null ? '' : format.timeAgo(balance.at)}
      balance={balance}
      uids={[]}
      current={false}
      onPick={() => onScope({ mailboxId: id, folderId: null })}
    />
  ));
}

function FolderCards({ balances, scope, onScope }: CardsProps & { readonly scope: LedgerScope }) {
  const t = useText();
  const { mailboxId, folderId } = scope;
  return (
    <>
      {balances.length > 1 && (
        <BalanceCard
          name={t('ledger.folder.all')}
          balance={sumBalances(balances)}
          uids={[]}
          current={folderId === null}
          onPick={() => onScope({ mailboxId, folderId: null })}
        />
      )}
      {balances.map((balance) => (
        <BalanceCard
          key={balance.folderId}
          name={balance.path}
          balance={sumBalances([balance])}
          uids={balance.unexplained}
          current={folderId === balance.folderId}
          onPick={() => onScope({ mailboxId, folderId: folderId === balance.folderId ? null : balance.folderId })}
        />
      ))}
    </>
  );
}
