import type { AppError } from '../../src-shared/errors/errors.ts';
import type { CalendarDesk } from './calendar.ts';
import type { ContactsDesk } from './contacts.ts';
import type { NotGiven } from './not-given.ts';
import type { Scribe } from './scribe.ts';

type Hearing = Pick<Scribe, 'follow' | 'hide'>;

/** The same calendar; what is asked of it is noted, and nobody is told what the server quotes of the sign-in. */
export function logCalendar(desk: CalendarDesk, { follow, hide }: Hearing): CalendarDesk {
  return {
    ...desk,
    news: (state, span, signal) => follow('calendar-asked', {}, () => desk.news(state, span, signal)),
    list: (span, signal) => follow('meetings-listed', {}, () => desk.list(span, signal), countOf),
    async fetch(meetings, signal) {
      const fetched = await follow(
        'meetings-fetched',
        {},
        () => desk.fetch(meetings, signal),
        ({ given }) => countOf(given),
      );
      return { ...fetched, notGiven: unquoted(fetched.notGiven, hide) };
    },
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
export function logContacts(desk: ContactsDesk, { follow, hide }: Hearing): ContactsDesk {
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
        yield { ...portion.value, notGiven: unquoted(portion.value.notGiven, hide) };
        if (portion.value.last) return;
      }
    },
  };
}

/** What comes along with a yes is told of later: a server may have quoted the sign-in in it as in any refusal. */
function unquoted(notGiven: readonly NotGiven[], hide: Scribe['hide']): readonly NotGiven[] {
  return notGiven.map(({ id, why }) => ({ id, why: hide(why) as AppError }));
}

const countOf = ({ length }: { readonly length: number }) => ({ count: length });
