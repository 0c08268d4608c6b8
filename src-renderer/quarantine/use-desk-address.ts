import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import { type QuarantineWhy, quarantineWhySchema } from '../../src-shared/domain/ledger.ts';
import { useFollowed } from '../ui/use-followed.ts';

/** Moving through the list by a held key must not write the address at each step. */
const settleMilliseconds = 150;

export interface DeskFilter {
  readonly mailboxId: MailboxId | null;
  readonly why: QuarantineWhy | null;
  /** Those that were taken off the desk, instead of those on it. */
  readonly dismissed: boolean;
}

/** What the desk shows, kept in its address, so that the ledger can lead here and Back leads out. */
export function useDeskAddress() {
  const { letter, mailbox, why, dismissed } = useSearch({ from: '/quarantine' });
  const navigate = useNavigate();
  const router = useRouter();
  const filter = useMemo<DeskFilter>(
    () => ({
      mailboxId: (mailbox as MailboxId | undefined) ?? null,
      why: quarantineWhySchema.safeParse(why).data ?? null,
      dismissed: dismissed ?? false,
    }),
    [mailbox, why, dismissed],
  );
  const { own: selected, set: select, sent } = useFollowed<MessageId | null>((letter as MessageId | undefined) ?? null);
  const [settled] = useDebouncedValue(selected, settleMilliseconds);

  useEffect(() => {
    // On the way to another screen nothing calls the person back.
    if (router.latestLocation.pathname !== '/quarantine') return;
    sent.current = settled;
    void navigate({
      to: '/quarantine',
      search: (now) => ({ ...now, letter: settled ?? undefined }),
      replace: true,
    });
  }, [settled, navigate, router, sent]);

  const setFilter = useCallback(
    (change: Partial<DeskFilter>) => {
      const next = { ...filter, ...change };
      void navigate({
        to: '/quarantine',
        search: (now) => ({
          ...now,
          mailbox: next.mailboxId ?? undefined,
          why: next.why ?? undefined,
          dismissed: next.dismissed || undefined,
        }),
        replace: true,
      });
    },
    [navigate, filter],
  );
  return { filter, setFilter, selected, select };
}

export type DeskAddress = ReturnType<typeof useDeskAddress>;
