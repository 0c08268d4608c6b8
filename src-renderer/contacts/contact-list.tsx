import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconUsers, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { ContactsState } from '../../src-shared/domain/contact.ts';
import type { ContactId, MailboxId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { LookedAt } from '../ui/looked-at.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import classes from './contact-list.module.css';
import { ContactRow, contactRowHeight } from './contact-row.tsx';
import type { ContactRows } from './use-contact-list.ts';

export interface ContactListProps {
  readonly list: ContactRows;
  readonly states: readonly ContactsState[];
  readonly query: string;
  readonly selected: ContactId | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly rows: RefObject<RowListHandle | null>;
  readonly onQuery: (query: string) => void;
  readonly onSelect: (id: ContactId) => void;
}

/** Search and people, of whom only those in view exist. */
export function ContactList(props: ContactListProps) {
  const { list, states } = props;
  const t = useText();
  return (
    <section className={classes.pane} aria-label={t('contacts.title')}>
      <ListHead {...props} />
      {list.error && (
        <div className={classes.notice}>
          <ErrorNotice error={list.error} action={{ label: t('action.retry'), run: list.retry }} />
        </div>
      )}
      {states.map(
        ({ mailboxId, problem }) =>
          problem && (
            <div key={mailboxId} className={classes.notice}>
              <ErrorNotice error={problem} />
            </div>
          ),
      )}
      <div className={classes.rows} aria-busy={list.stale}>
        <People {...props} />
      </div>
    </section>
  );
}

function ListHead({ list, states, query, search, rows, onQuery }: ContactListProps) {
  const t = useText();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && query !== '') onQuery('');
    else if (['Escape', 'ArrowDown', 'Enter'].includes(event.key)) rows.current?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.head}>
      <TextInput
        ref={search}
        type="search"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={press}
        placeholder={t('contacts.search')}
        aria-label={t('contacts.search')}
        maxLength={500}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        rightSection={
          query !== '' && (
            <ActionIcon size={22} onClick={() => onQuery('')} aria-label={t('contacts.search.clear')}>
              <IconX size={14} />
            </ActionIcon>
          )
        }
      />
      <div className={classes.facts}>
        <span className={classes.count} role="status">
          {list.total !== null && t('contacts.count', { count: list.total })}
        </span>
        <LookedAt looks={states} never={t('contacts.notLooked')} />
      </div>
    </div>
  );
}

function People({ list, states, query, selected, rows, onQuery, onSelect }: ContactListProps) {
  const t = useText();
  const { data: mailboxes } = useQuery('mailboxes.list');
  const choose = useChoice(list, onSelect);
  if (list.total === null) return list.error ? null : <RowSkeletons rows={8} height={contactRowHeight} />;
  if (list.total === 0 && query.trim() !== '') {
    const action = { label: t('contacts.search.clear'), run: () => onQuery('') };
    return <EmptyState icon={IconSearch} text={t('contacts.empty.search', { query: query.trim() })} action={action} />;
  }
  if (list.total === 0) {
    const waiting = states.some(({ lookedAt, problem }) => lookedAt === null && problem === null);
    return <EmptyState icon={IconUsers} text={t(waiting ? 'contacts.empty.waiting' : 'contacts.empty')} />;
  }
  // Where all are of one mailbox, its name on each row says nothing.
  const nameOf = (mailboxId: MailboxId) =>
    states.length < 2 ? '' : (mailboxes?.find(({ id }) => id === mailboxId)?.settings.name ?? '');
  const inKnown = list.known.findIndex(({ id }) => id === selected);
  return (
    <RowList
      handle={rows}
      label={t('contacts.title')}
      count={list.total}
      rowHeight={contactRowHeight}
      selected={inKnown < 0 ? -1 : list.firstRow + inKnown}
      rowKey={(row) => list.at(row)?.id ?? `row-${row}`}
      renderRow={(row) => <ContactRow contact={list.at(row)} mailbox={nameOf} />}
      onSelect={choose}
      onOpen={choose}
      onRange={list.want}
    />
  );
}

/** A far jump may choose a row before it is read: then it is chosen when it comes. */
function useChoice({ at }: ContactRows, onSelect: (id: ContactId) => void): (row: number) => void {
  const awaited = useRef<number | null>(null);
  const choose = (row: number) => {
    const contact = at(row);
    awaited.current = contact ? null : row;
    if (contact) onSelect(contact.id);
  };
  useEffect(() => {
    if (awaited.current !== null) choose(awaited.current);
  });
  return choose;
}
