import { ActionIcon, Popover, Switch, TextInput } from '@mantine/core';
import { IconHelpCircle, IconInbox, IconMailOpened, IconSearch, IconX } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowList, type RowListHandle } from '../ui/row-list.tsx';
import classes from './letter-list.module.css';
import { LetterRow, letterRowHeight } from './letter-row.tsx';
import type { LetterList as Letters } from './use-letter-list.ts';

export interface LetterListProps {
  readonly list: Letters;
  readonly scope: LetterScope;
  readonly query: string;
  readonly selected: MessageId | null;
  readonly search: Ref<HTMLInputElement>;
  readonly rows: Ref<RowListHandle>;
  readonly onQuery: (query: string) => void;
  readonly onUnreadOnly: (only: boolean) => void;
  readonly onSelect: (id: MessageId) => void;
  readonly onOpen: () => void;
  readonly onAll: () => void;
  readonly onMailboxes: () => void;
  /** From the search down into the list. */
  readonly onLeaveSearch: () => void;
}

/** Search, filter, and the letters, of which only those in view exist. */
export function LetterList(props: LetterListProps) {
  const { list, scope, query, selected, rows, onSelect, onOpen } = props;
  const t = useText();
  const { items: letters } = list.pages;
  const selectedRow = selected === null ? -1 : letters.findIndex(({ id }) => id === selected);
  const empty = list.rows === 0;
  return (
    <section className={classes.pane} aria-label={t('mail.list')}>
      <ListHead {...props} />
      {list.error && (
        <div className={classes.notice}>
          <ErrorNotice error={list.error} action={{ label: t('action.retry'), run: list.retry }} />
        </div>
      )}
      <div className={classes.rows} aria-busy={list.stale}>
        {list.error && letters.length === 0 ? null : empty ? (
          <NoLetters {...props} />
        ) : (
          <RowList
            // Another folder begins at its top.
            key={`${scope.mailboxId}/${scope.folderId}/${scope.unreadOnly}/${query === ''}`}
            handle={rows}
            label={t('mail.list')}
            count={list.rows}
            rowHeight={letterRowHeight}
            selected={selectedRow}
            rowKey={(row) => letters[row]?.id ?? `row-${row}`}
            renderRow={(row) => <LetterRow letter={letters[row]} />}
            onSelect={(row) => {
              const letter = letters[row];
              if (letter) onSelect(letter.id);
            }}
            onOpen={onOpen}
            onRange={list.want}
          />
        )}
      </div>
    </section>
  );
}

function ListHead(props: LetterListProps) {
  const { list, scope, query, search, onQuery, onUnreadOnly, onLeaveSearch } = props;
  const t = useText();
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && query !== '') onQuery('');
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeaveSearch();
    else return;
    event.preventDefault();
  };
  const found = list.pages.items.length;
  return (
    <div className={classes.head}>
      <TextInput
        ref={search}
        type="search"
        value={query}
        onChange={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={press}
        placeholder={t('mail.search')}
        aria-label={t('mail.search')}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        rightSection={
          query === '' ? (
            <SearchHelp />
          ) : (
            <ActionIcon size={22} onClick={() => onQuery('')} aria-label={t('mail.search.clear')}>
              <IconX size={14} />
            </ActionIcon>
          )
        }
      />
      <div className={classes.filters}>
        <Switch
          size="xs"
          label={t('mail.unread-only')}
          checked={scope.unreadOnly}
          onChange={(event) => onUnreadOnly(event.currentTarget.checked)}
        />
        <span className={classes.count} role="status">
          {list.stale && query !== ''
            ? t('mail.searching')
            : query === ''
              ? t('count.letters', { count: list.rows })
              : list.pages.complete
                ? t('mail.found', { count: found })
                : found > 0 && t('mail.found-more', { count: found })}
        </span>
      </div>
    </div>
  );
}

function SearchHelp() {
  const t = useText();
  return (
    <Popover width={320} position="bottom-end" shadow="md">
      <Popover.Target>
        <ActionIcon size={22} aria-label={t('mail.search.how')}>
          <IconHelpCircle size={16} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('mail.search.how')}>
        <p className={classes.hint}>{t('mail.search.hint')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}

function NoLetters({ scope, query, onAll, onMailboxes, onQuery, onUnreadOnly }: LetterListProps) {
  const t = useText();
  if (query.trim() !== '') {
    const action = { label: t('mail.search.clear'), run: () => onQuery('') };
    return <EmptyState icon={IconSearch} text={t('mail.empty.search', { query: query.trim() })} action={action} />;
  }
  if (scope.unreadOnly) {
    const action = { label: t('mail.empty.unread-action'), run: () => onUnreadOnly(false) };
    return <EmptyState icon={IconMailOpened} text={t('mail.empty.unread')} action={action} />;
  }
  if (scope.mailboxId !== null) {
    const action = { label: t('mail.empty.folder-action'), run: onAll };
    return <EmptyState icon={IconInbox} text={t('mail.empty.folder')} action={action} />;
  }
  return (
    <EmptyState
      icon={IconInbox}
      text={t('mail.empty.text')}
      action={{ label: t('mail.empty.action'), run: onMailboxes }}
    />
  );
}
