import type { CalendarDesk } from './calendar.ts';
import type { ContactsDesk } from './contacts.ts';
import type { Scribe } from './scribe.ts';

/** The same calendar; what is asked of it is noted, and nobody is told what the server quotes of the sign-in. */
export function logCalendar(desk: CalendarDesk, { follow }: Pick<Scribe, 'follow'>): CalendarDesk {
  return {
    ...desk,
    news: (state, span, signal) => follow('calendar-asked', {}, () => desk.news(state, span, signal)),
    list: (span, signal) => follow('meetings-listed', {}, () => desk.list(span, signal), countOf),
    fetch: (ids, signal) => follow('meetings-fetched', {}, () => desk.fetch(ids, signal), countOf),
    fetchFile: (id, signal) =>
      follow(
        'meeting-file-fetched',
        {},
        () => desk.fetchFile(id, signal),
        (file) => ({ bytes: file?.byteLength ?? 0 }),
      ),
    standing: (target, signal) => follow('answer-asked', {}, () => desk.standing(target, signal)),
    reply: (target, reply, signal) => follow('meeting-answered', {}, () => desk.reply(target, reply, signal)),
  };
}

/** The same address book, portion by portion. */
export function logContacts(desk: ContactsDesk, { follow }: Pick<Scribe, 'follow'>): ContactsDesk {
  return {
    ...desk,
    async *news(state, signal) {
      const portions = desk.news(state, signal)[Symbol.asyncIterator]();
      for (;;) {
        const portion = await follow(
          'contacts-read',
          {},
          () => portions.next(),
          ({ value }) => ({ count: value?.put.length ?? 0 }),
        );
        if (portion.done) return;
        yield portion.value;
        if (portion.value.last) return;
      }
    },
  };
}

const countOf = ({ length }: { readonly length: number }) => ({ count: length });
