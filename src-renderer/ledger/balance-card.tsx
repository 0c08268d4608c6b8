import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './balance-card.module.css';
import { type BalanceSum, balanceParts, uidRanges } from './balance-sums.ts';

export interface BalanceCardProps {
  readonly name: string;
  /** When it was counted, where that stands nowhere else. */
  readonly aside?: string;
  readonly balance: BalanceSum;
  /** UIDs on the server without a row, as far as they are named. */
  readonly uids: readonly number[];
  readonly current: boolean;
  readonly onPick: () => void;
}

/** On the server N = in the ledger N, unexplained 0; and what the N are made of. */
export function BalanceCard({ name, aside, balance, uids, current, onPick }: BalanceCardProps) {
  const t = useText();
  const { onServer, inLedger, unexplained, at } = balance;
  const even = unexplained === 0;
  const Sign = even ? IconCircleCheck : IconAlertTriangle;
  return (
    <li className={classes.card} data-current={current || undefined}>
      <UnstyledButton className={classes.pick} onClick={onPick} title={name} aria-pressed={current}>
        {name}
      </UnstyledButton>
      {at === null ? (
        <p className={classes.sentence}>{t('ledger.balance.notCounted')}</p>
      ) : (
        <>
          <p className={classes.sentence}>
            <span>
              {t('ledger.balance.onServer', { count: onServer })} {onServer === inLedger ? '=' : '≠'}
            </span>{' '}
            <span>{t('ledger.balance.inLedger', { count: inLedger })}</span>{' '}
            <span className={classes.unexplained} data-even={even || undefined}>
              <Sign size={13} stroke={2} aria-hidden />
              {t('ledger.balance.unexplained', { count: unexplained })}
            </span>
            {aside && <span className={classes.aside}>{aside}</span>}
          </p>
          <Parts balance={balance} />
          {uids.length > 0 && <Uids uids={uids} />}
        </>
      )}
    </li>
  );
}

function Parts({ balance: { counts, inLedger } }: { readonly balance: BalanceSum }) {
  const t = useText();
  const format = useFormats();
  const parts = balanceParts.filter((part) => counts[part] > 0);
  if (inLedger === 0) return null;
  return (
    <>
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <span key={part} className={classes.part} data-part={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <ul className={classes.words}>
        {parts.map((part) => (
          <li key={part} className={classes.word}>
            <span className={classes.swatch} data-part={part} aria-hidden />
            {t(`ledger.count.${part}`)} {format.wholeNumber(counts[part])}
          </li>
        ))}
      </ul>
    </>
  );
}

/** As many as a balance names of one folder. */
const uidsNamed = 1000;

function Uids({ uids }: { readonly uids: readonly number[] }) {
  const t = useText();
  const [open, { toggle }] = useDisclosure(false);
  const list = uidRanges(uids);
  return (
    <div className={classes.uids}>
      <UnstyledButton className={classes.fold} onClick={toggle} aria-expanded={open}>
        <IconChevronRight size={13} aria-hidden data-open={open || undefined} className={classes.chevron} />
        {t('ledger.balance.which')}
      </UnstyledButton>
      <Collapse expanded={open}>
        <p className={classes.list}>
          {t(uids.length < uidsNamed ? 'ledger.balance.uids' : 'ledger.balance.firstUids', { list })}
        </p>
      </Collapse>
    </div>
  );
}
