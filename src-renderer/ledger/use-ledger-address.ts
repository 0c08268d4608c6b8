import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { FolderId, LedgerEntryId, MailboxId } from '../../src-shared/domain/ids.ts';
import type { LedgerFilter } from '../../src-shared/domain/ledger.ts';
import { useFollowed } from '../ui/use-followed.ts';
import type { LedgerScope } from './balances-pane.tsx';
import { isStatusGroup, type StatusGroup, statusGroups } from './ledger-status.tsx';

/** Moving through the list by a held key must not write the address at each step. */
const settleMilliseconds = 150;

/** What the screen shows, kept in its address, so that other screens can lead here and Back leads out. */
export function useLedgerAddress() {
  const { entry, mailbox, folder, show, q, view } = useSearch({ from: '/ledger' });
  const navigate = useNavigate();
  const router = useRouter();
  const scope = useMemo<LedgerScope>(
    () => ({
      mailboxId: (mailbox as MailboxId | undefined) ?? null,
      folderId: (folder as FolderId | undefined) ?? null,
    }),
    [mailbox, folder],
  );
  const groups = useMemo<readonly StatusGroup[]>(() => (show ?? []).filter(isStatusGroup), [show]);
  const { own: query, set: setQuery, sent: sentQuery } = useFollowed(q ?? '');
  const followed = useFollowed<LedgerEntryId | null>((entry as LedgerEntryId | undefined) ?? null);
  const { own: selected, set: select, sent: sentEntry } = followed;
  const [settledQuery] = useDebouncedValue(query, settleMilliseconds);
  const [settled] = useDebouncedValue(selected, settleMilliseconds);
  const asked = query === '' ? '' : settledQuery.trim();

  useEffect(() => {
    // On the way to another screen nothing calls the person back.
    if (router.latestLocation.pathname !== '/ledger') return;
    sentQuery.current = settledQuery;
    sentEntry.current = settled;
    void navigate({
      to: '/ledger',
      search: (now) => ({ ...now, q: settledQuery || undefined, entry: settled ?? undefined }),
      replace: true,
    });
  }, [settledQuery, settled, navigate, router, sentQuery, sentEntry]);

  const filter = useMemo<LedgerFilter>(
    () => ({ ...scope, statuses: groups.flatMap((group) => statusGroups[group]), query: asked }),
    [scope, groups, asked],
  );
  const moves = useLedgerMoves();
  return { ...moves, scope, groups, query, setQuery, filter, selected, select, view: view ?? ('letters' as const) };
}

interface AddressChange {
  readonly mailbox?: MailboxId | undefined;
  readonly folder?: FolderId | undefined;
  readonly show?: readonly StatusGroup[] | undefined;
  readonly view?: 'server' | undefined;
}

/** What changes the address at once; only another mailbox or folder is a step that Back takes back. */
function useLedgerMoves() {
  const navigate = useNavigate();
  return useMemo(() => {
    const go = (change: AddressChange, replace = true) =>
      void navigate({ to: '/ledger', search: (now) => ({ ...now, ...change }), replace });
    return {
      setScope: ({ mailboxId, folderId }: LedgerScope) =>
        go({ mailbox: mailboxId ?? undefined, folder: folderId ?? undefined }, false),
      setGroups: (groups: readonly StatusGroup[]) => go({ show: groups.length > 0 ? groups : undefined }),
      setView: (view: 'letters' | 'server') => go({ view: view === 'server' ? view : undefined }),
      lookEverywhere: () => go({ mailbox: undefined, folder: undefined, show: undefined }),
    };
  }, [navigate]);
}

export type LedgerAddress = ReturnType<typeof useLedgerAddress>;
