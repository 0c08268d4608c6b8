import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { LetterScope } from '../../src-shared/contract/mail.ts';
import type { FolderId, MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import { useFollowed } from '../ui/use-followed.ts';

/** Moving through the list by a held key must not write the address at each step. */
const settleMilliseconds = 150;

/** What the screen shows, kept in its address: scope, query and letter survive a reload, and other screens can lead here. */
export function useMailAddress() {
  const search = useSearch({ from: '/mail' });
  const navigate = useNavigate();
  const router = useRouter();
  const { mailbox, folder, unread, q, letter } = search;
  const scope = useMemo<LetterScope>(
    () => ({
      mailboxId: (mailbox as MailboxId | undefined) ?? null,
      folderId: (folder as FolderId | undefined) ?? null,
      unreadOnly: unread ?? false,
    }),
    [mailbox, folder, unread],
  );
  const { own: query, set: setQuery, sent: sentQuery } = useFollowed(q ?? '');
  const followed = useFollowed<MessageId | null>((letter as MessageId | undefined) ?? null);
  const { own: selected, set: select, sent: sentLetter } = followed;
  const [asked] = useDebouncedValue(query, settleMilliseconds);
  const [settled] = useDebouncedValue(selected, settleMilliseconds);

  useEffect(() => {
    // On the way to another screen nothing calls the person back.
    if (router.latestLocation.pathname !== '/mail') return;
    sentQuery.current = asked;
    sentLetter.current = settled;
    void navigate({
      to: '/mail',
      search: (now) => ({ ...now, q: asked || undefined, letter: settled ?? undefined }),
      replace: true,
    });
  }, [asked, settled, navigate, router, sentQuery, sentLetter]);

  const setScope = useCallback(
    (change: Partial<LetterScope>) => {
      const next = { ...scope, ...change };
      void navigate({
        to: '/mail',
        search: (now) => ({
          ...now,
          mailbox: next.mailboxId ?? undefined,
          folder: next.folderId ?? undefined,
          unread: next.unreadOnly || undefined,
        }),
      });
    },
    [navigate, scope],
  );
  return { scope, setScope, query, setQuery, asked: query === '' ? '' : asked, selected, select };
}
