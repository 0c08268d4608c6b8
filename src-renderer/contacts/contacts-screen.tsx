import { VisuallyHidden } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panes } from '../ui/panes.tsx';
import type { RowListHandle } from '../ui/row-list.tsx';
import { useListKeys } from '../ui/use-list-keys.ts';
import { ContactList } from './contact-list.tsx';
import { ContactView } from './contact-view.tsx';
import { useContactList } from './use-contact-list.ts';
import { useContactsAddress } from './use-contacts-address.ts';

/** Everybody in the address books that are followed, and one of them. Everything comes from the store. */
export function ContactsScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { query, setQuery, asked, selected, select } = useContactsAddress();
  const states = useQuery('contacts.states');
  const list = useContactList(asked);
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<RowListHandle>(null);
  useListKeys({ ids: list.known.map(({ id }) => id), firstRow: list.firstRow, selected, select, rows, search });
  const title = (
    <VisuallyHidden>
      <h1>{t('contacts.title')}</h1>
    </VisuallyHidden>
  );
  if (states.data?.length === 0)
    return (
      <>
        {title}
        <EmptyState
          icon={IconUsers}
          text={t('contacts.off')}
          action={{ label: t('contacts.off.action'), run: () => void navigate({ to: '/mailboxes' }) }}
        />
      </>
    );
  return (
    <>
      {title}
      <Panes
        name="contacts"
        separatorLabel={t('contacts.title')}
        panes={[
          {
            id: 'people',
            defaultSize: '380px',
            minSize: '260px',
            content: (
              <ContactList
                list={list}
                states={states.data ?? []}
                query={query}
                selected={selected}
                search={search}
                rows={rows}
                onQuery={setQuery}
                onSelect={select}
              />
            ),
          },
          {
            id: 'person',
            defaultSize: '62%',
            minSize: '320px',
            content:
              selected === null ? (
                list.total !== 0 && <EmptyState icon={IconUsers} text={t('contacts.pick')} />
              ) : (
                <ContactView contactId={selected} />
              ),
          },
        ]}
      />
    </>
  );
}
