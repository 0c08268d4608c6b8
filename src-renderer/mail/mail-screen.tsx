import { VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { MakeTicket } from '../letter/make-ticket.tsx';
import { Panes } from '../ui/panes.tsx';
import type { RowListHandle } from '../ui/row-list.tsx';
import { useShownKeys } from '../ui/shown-keys.tsx';
import { useScreenKeys } from '../ui/use-screen-keys.ts';
import { FolderTree } from './folder-tree.tsx';
import { LetterList } from './letter-list.tsx';
import classes from './mail-screen.module.css';
import { Reader } from './reader.tsx';
import { useLetterList } from './use-letter-list.ts';
import { useMailAddress } from './use-mail-address.ts';

/** While a key is held down, only the letter on which it comes to rest is read. */
const restMilliseconds = 80;

/** Folders, letters, the letter. Everything comes from the store, so it is the same without a network. */
export function MailScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { scope, setScope, query, setQuery, asked, selected, select } = useMailAddress();
  const [resting] = useDebouncedValue(selected, restMilliseconds, { leading: true });
  const search = useRef<HTMLInputElement>(null);
  const rows = useRef<RowListHandle>(null);
  const reader = useRef<HTMLDivElement>(null);
  const list = useLetterList(
    scope,
    asked,
    useCallback((added: number) => rows.current?.shift(added), []),
  );
  const [makingOf, makeOf] = useState<MessageId | null>(null);
  const openTicket = (ticketId: TicketId) =>
    void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticketId) } });
  useRevealed(list, selected, rows);
  useMailKeys({ list, selected, select, search, rows, makeOf, openTicket });

  return (
    <div className={classes.screen}>
      <VisuallyHidden>
        <h1>{t('mail.title')}</h1>
      </VisuallyHidden>
      <OfflineLine />
      <div className={classes.panes}>
        <Panes
          name="mail"
          separatorLabel={t('mail.title')}
          panes={[
            {
              id: 'folders',
              defaultSize: '220px',
              minSize: '150px',
              content: <FolderTree scope={scope} onScope={setScope} />,
            },
            {
              id: 'letters',
              defaultSize: '380px',
              minSize: '260px',
              content: (
                <LetterList
                  list={list}
                  scope={scope}
                  query={query}
                  selected={selected}
                  search={search}
                  rows={rows}
                  onQuery={setQuery}
                  onUnreadOnly={(unreadOnly) => setScope({ unreadOnly })}
                  onSelect={select}
                  onOpen={() => reader.current?.focus()}
                  onAll={() => setScope({ mailboxId: null, folderId: null })}
                  onMailboxes={() => void navigate({ to: '/mailboxes' })}
                  onLeaveSearch={() => rows.current?.focus()}
                />
              ),
            },
            {
              id: 'letter',
              defaultSize: '60%',
              minSize: '320px',
              content: (
                <div ref={reader} className={classes.reader} tabIndex={-1}>
                  <Reader messageId={resting} onPick={select} onTicket={openTicket} onMakeTicket={makeOf} />
                </div>
              ),
            },
          ]}
        />
      </div>
      <MakeTicket
        messageId={makingOf}
        onClose={() => makeOf(null)}
        onDone={(ticketId) => {
          makeOf(null);
          notifications.show({ message: t('mail.open-ticket', { id: ticketId }), color: 'teal' });
          openTicket(ticketId);
        }}
      />
    </div>
  );
}

function OfflineLine() {
  const t = useText();
  const { data } = useQuery('console.network');
  if (data?.online !== false) return null;
  return (
    <p className={classes.offline} role="status">
      <IconPlugConnectedX size={16} stroke={1.6} aria-hidden /> {t('mail.offline')}
    </p>
  );
}

/** A letter that was opened from elsewhere stands in the list's view as well, once the list has it. */
function useRevealed(
  list: ReturnType<typeof useLetterList>,
  selected: MessageId | null,
  rows: React.RefObject<RowListHandle | null>,
): void {
  const row = list.pages.items.findIndex(({ id }) => id === selected);
  const known = row >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it comes to stand later, as others arrive, moves nothing.
  useEffect(() => {
    if (known) rows.current?.reveal(row);
  }, [selected, known]);
}

interface MailKeys {
  readonly list: ReturnType<typeof useLetterList>;
  readonly selected: MessageId | null;
  readonly select: (id: MessageId) => void;
  readonly search: React.RefObject<HTMLInputElement | null>;
  readonly rows: React.RefObject<RowListHandle | null>;
  readonly makeOf: (id: MessageId) => void;
  readonly openTicket: (id: TicketId) => void;
}

/** Keys that work wherever the focus is, so that reading goes on with j after a look at the letter. */
function useMailKeys({ list, selected, select, search, rows, makeOf, openTicket }: MailKeys): void {
  const t = useText();
  const { items: letters } = list.pages;
  const row = letters.findIndex(({ id }) => id === selected);
  const step = (by: number) => {
    const letter = letters[row < 0 ? 0 : row + by];
    if (!letter) return;
    select(letter.id);
    rows.current?.reveal(letters.indexOf(letter));
  };
  const ticket = () => {
    if (selected === null) return;
    const ticketId = letters[row]?.ticketId ?? null;
    if (ticketId === null) makeOf(selected);
    else openTicket(ticketId);
  };
  const focusSearch = () => {
    search.current?.focus();
    search.current?.select();
  };
  useScreenKeys({
    j: () => step(1),
    о: () => step(1),
    k: () => step(-1),
    л: () => step(-1),
    t: ticket,
    е: ticket,
    '/': focusSearch,
    '.': focusSearch,
    Escape: () => rows.current?.focus(),
  });
  useShownKeys(
    useMemo(
      () => [
        { keys: ['↓', 'j'], does: t('mail.keys.next') },
        { keys: ['↑', 'k'], does: t('mail.keys.previous') },
        { keys: ['Enter'], does: t('mail.keys.open') },
        { keys: ['/'], does: t('mail.keys.search') },
        { keys: ['t'], does: t('mail.keys.ticket') },
      ],
      [t],
    ),
  );
}
