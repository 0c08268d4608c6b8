import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ContactId } from '../../src-shared/domain/ids.ts';
import { useFollowed } from '../ui/use-followed.ts';

/** Neither a held key nor a typed word must write the address, or ask for people, at each step. */
const settleMilliseconds = 150;

/** What was searched for and who is open, kept in the address: Back from somebody's letters leads to them again. */
export function useContactsAddress() {
  const { contact, q } = useSearch({ from: '/contacts' });
  const navigate = useNavigate();
  const router = useRouter();
  const { own: query, set: setQuery, sent: sentQuery } = useFollowed(q ?? '');
  const followed = useFollowed<ContactId | null>((contact as ContactId | undefined) ?? null);
  const { own: selected, set: select, sent: sentContact } = followed;
  const [asked] = useDebouncedValue(query, settleMilliseconds);
  const [settled] = useDebouncedValue(selected, settleMilliseconds);

  useEffect(() => {
    // On the way to another screen nothing calls the person back.
    if (router.latestLocation.pathname !== '/contacts') return;
    sentQuery.current = asked;
    sentContact.current = settled;
    void navigate({
      to: '/contacts',
      search: { q: asked || undefined, contact: settled ?? undefined },
      replace: true,
    });
  }, [asked, settled, navigate, router, sentQuery, sentContact]);

  return { query, setQuery, asked: query === '' ? '' : asked, selected, select };
}
