import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type DatedThing, endsWithConnection, thresholdOf } from '../../src-shared/domain/dated-thing.ts';
import { useText } from '../i18n/i18n.tsx';
import { Breakable } from '../ui/breakable.tsx';
import { StateBadge, type Tone } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './date-table.module.css';

export interface DateTableProps {
  readonly things: readonly DatedThing[];
  /** Of several mailboxes: each is named. */
  readonly withMailbox?: boolean;
}

/** What ends when, how much time is left, and the step to take. */
export function DateTable({ things, withMailbox = false }: DateTableProps) {
  const t = useText();
  const format = useFormats();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('dates.column.what')}</th>
          {withMailbox && <th scope="col">{t('dates.column.mailbox')}</th>}
          <th scope="col">{t('dates.column.end')}</th>
          <th scope="col">{t('dates.column.left')}</th>
        </tr>
      </thead>
      <tbody>
        {things.map((thing) => (
          <tr key={`${thing.mailboxId} ${thing.kind}`}>
            <td>
              {t(`date.${thing.kind}`)}
              {thresholdOf(thing) !== null && <Mend thing={thing} />}
            </td>
            {withMailbox && (
              <td className={classes.mailbox}>
                <Anchor component={Link} to={`/mailboxes/${thing.mailboxId}`} fz={13}>
                  <Breakable text={thing.mailboxName} />
                </Anchor>
              </td>
            )}
            <td className={classes.day}>{format.calendarDay(thing.endsAt)}</td>
            <td className={classes.day}>
              <DaysLeft thing={thing} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The step to take; where another connection is the mend, the way to it. */
function Mend({ thing: { kind, mailboxId } }: { readonly thing: DatedThing }) {
  const t = useText();
  return (
    <p className={classes.mend}>
      {t(`date.${kind}.do`)}{' '}
      {endsWithConnection.has(kind) && (
        <Anchor component={Link} to={`/mailboxes/${mailboxId}/switch`} fz={13} underline="always">
          {t('switch.prepare')}
        </Anchor>
      )}
    </p>
  );
}

function DaysLeft({ thing }: { readonly thing: DatedThing }) {
  const t = useText();
  const threshold = thresholdOf(thing);
  const word = thing.daysLeft > 0 ? t('dates.left', { count: thing.daysLeft }) : t('dates.past');
  const tone: Tone = threshold === null ? 'good' : threshold <= 7 ? 'bad' : 'late';
  return <StateBadge tone={tone} word={word} />;
}
