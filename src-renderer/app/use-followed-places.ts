import { useQuery } from '../ipc/use-query.ts';
import { calendarPlace, contactsPlace, type Place } from './places.ts';

/** Screens for what some mailboxes hold besides letters, while one of them is loaded. */
export function useFollowedPlaces(): readonly Place[] {
  const calendars = useQuery('calendar.states').data?.length ?? 0;
  const books = useQuery('contacts.states').data?.length ?? 0;
  return [...(calendars > 0 ? [calendarPlace] : []), ...(books > 0 ? [contactsPlace] : [])];
}
