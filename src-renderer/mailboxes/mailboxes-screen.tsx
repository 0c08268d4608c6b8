import { Button, TextInput } from '@mantine/core';
import { IconAddressBook, IconPlus, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { type MailboxState, useMailboxStates } from '../ipc/use-mailbox-states.ts';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { DatesOverview } from './dates-overview.tsx';
import { MailboxRow } from './mailbox-row.tsx';
import classes from './mailboxes.module.css';

/** A filter earns its place from this many on. */
const filterFrom = 8;

export function MailboxesScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { states, error, readAgain } = useMailboxStates();
  const add = () => void navigate({ to: '/mailboxes/add', search: {} });
  if (states?.length === 0) {
    return (
      <EmptyState icon={IconAddressBook} text={t('mailboxes.empty')} action={{ label: t('mailboxes.add'), run: add }} />
    );
  }
  return (
    <Page>
      <PageHeader title={t('mailboxes.title')}>
        <Button leftSection={<IconPlus size={16} />} onClick={add}>
          {t('mailboxes.add')}
        </Button>
      </PageHeader>
      {error && <ErrorNotice error={error} action={{ label: t('action.retry'), run: readAgain }} />}
      {!states && !error && <RowSkeletons rows={6} height={56} />}
      {states && <MailboxTable states={states} />}
      {states && <DatesOverview />}
    </Page>
  );
}

function MailboxTable({ states }: { readonly states: readonly MailboxState[] }) {
  const t = useText();
  const [words, setWords] = useState('');
  const folders = useQuery('mail.folders').data ?? [];
  const needle = words.trim().toLowerCase();
  const shown = states.filter(({ mailbox: { settings } }) =>
    `${settings.name} ${settings.address} ${settings.description}`.toLowerCase().includes(needle),
  );
  const lettersOf = (id: string) =>
    folders.filter(({ mailboxId }) => mailboxId === id).reduce((sum, { total }) => sum + total, 0);
  return (
    <>
      {states.length >= filterFrom && (
        <TextInput
          mb="md"
          maw={320}
          placeholder={t('mailboxes.filter')}
          aria-label={t('mailboxes.filter')}
          leftSection={<IconSearch size={16} />}
          value={words}
          onChange={({ currentTarget }) => setWords(currentTarget.value)}
        />
      )}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('mailboxes.column.name')}</th>
            <th scope="col">{t('mailboxes.column.state')}</th>
            <th scope="col">{t('mailboxes.column.loaded')}</th>
            <th scope="col" className={classes.number}>
              {t('mailboxes.column.letters')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((state) => (
            <MailboxRow key={state.mailbox.id} state={state} letters={lettersOf(state.mailbox.id)} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className={classes.none}>{t('mailboxes.noneFound')}</p>}
    </>
  );
}
