import { Chip, Select, Switch, Title } from '@mantine/core';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { QuarantineWhy } from '../../src-shared/domain/ledger.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { useFormats } from '../ui/use-formats.ts';
import classes from './desk-list.module.css';
import type { DeskAddress } from './use-desk-address.ts';
import { reasons, signOfWhy } from './why-badge.tsx';

/** What this desk is, and which of its letters are listed. */
export function DeskHead({ address }: { readonly address: DeskAddress }) {
  const t = useText();
  const { filter, setFilter } = address;
  const { data: settings } = useQuery('settings.get');
  const mailboxes = useQuery('mailboxes.list');
  const days = settings?.quarantineDays ?? null;
  return (
    <div className={classes.head}>
      <Title order={1} className={classes.title}>
        {t('quarantine.title')}
      </Title>
      <p className={classes.hint}>
        {days === null ? t('quarantine.hint') : t('quarantine.hint.days', { count: days })}
      </p>
      <div className={classes.choices}>
        <Select
          className={classes.select ?? ''}
          aria-label={t('ledger.mailbox')}
          allowDeselect={false}
          value={filter.mailboxId ?? ''}
          onChange={(value) => setFilter({ mailboxId: value ? (value as MailboxId) : null })}
          data={[
            { value: '', label: t('ledger.mailbox.all') },
            ...(mailboxes.data ?? []).map(({ id, settings: { name } }) => ({ value: id, label: name })),
          ]}
        />
        <Switch
          size="xs"
          label={t('quarantine.dismissed')}
          checked={filter.dismissed}
          onChange={(event) => setFilter({ dismissed: event.currentTarget.checked })}
        />
      </div>
      <WhyChips address={address} />
    </div>
  );
}

/** The reasons that letters lie here for, with how many. */
function WhyChips({ address: { filter, setFilter } }: { readonly address: DeskAddress }) {
  const t = useText();
  const format = useFormats();
  const { mailboxId, why, dismissed } = filter;
  const counts = useQuery('quarantine.counts', { mailboxId }, { keepPrevious: true }).data;
  // What was dismissed is not counted; of what is not there, nothing can be picked.
  const shown = reasons.filter((reason) => dismissed || reason === why || (counts?.[reason] ?? 0) > 0);
  const all = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  const countOf = (count: number) => !dismissed && <span className={classes.count}>{format.wholeNumber(count)}</span>;
  if (shown.length === 0) return null;
  return (
    <fieldset className={classes.chips} aria-label={t('quarantine.filter')}>
      <Chip.Group
        value={why ?? 'all'}
        onChange={(value) => setFilter({ why: value === 'all' ? null : (value as QuarantineWhy) })}
      >
        <Chip size="xs" variant="light" value="all">
          {t('quarantine.filter.all')} {countOf(all)}
        </Chip>
        {shown.map((reason) => {
          const Sign = signOfWhy(reason);
          return (
            <Chip key={reason} size="xs" variant="light" value={reason} icon={<Sign size={12} aria-hidden />}>
              {t(`quarantine.why.${reason}`)} {countOf(counts?.[reason] ?? 0)}
            </Chip>
          );
        })}
      </Chip.Group>
    </fieldset>
  );
}
