import { nearestAuthorityEnd } from '../../src-shared/domain/certificate-authority.ts';
import {
  byEnd,
  type DatedThing,
  type DateFact,
  type DateFacts,
  type DateNotice,
  datedThings,
  dueNotices,
} from '../../src-shared/domain/dated-thing.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { Instant } from '../../src-shared/domain/time.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { Store } from '../store/store.ts';

/** Whoever sees something that a date hangs on says so; it is kept in the background and never fails. */
export type NoteDate = (mailboxId: MailboxId, fact: DateFact, at: Instant) => void;

export interface DateRadar {
  readonly note: NoteDate;
  /** Of all mailboxes, the nearest first. */
  list(): Promise<readonly DatedThing[]>;
  /** What is to be said now; given once, whoever asks, also across restarts. */
  takeNotices(): Promise<readonly DateNotice[]>;
}

export interface DateRadarParts {
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'emit'>;
  readonly log: Logger;
  readonly now?: () => Instant;
}

export function createDateRadar({ store, events, log, now = Date.now }: DateRadarParts): DateRadar {
  /** A certificate is seen with every connection: what is kept already is not written again. */
  const noted = new Map<string, Instant>();
  const list = async (wanted: (enabled: boolean) => boolean = () => true): Promise<readonly DatedThing[]> => {
    const [mailboxes, rows, authorities] = await Promise.all([
      store.call('mailboxes.list', undefined),
      store.call('dates.facts', undefined),
      store.call('authorities.list', undefined),
    ]);
    const factsOf = ({ id, settings }: Mailbox): DateFacts => {
      const seen = rows.filter(({ mailboxId }) => mailboxId === id).map(({ fact, at }) => [fact, at] as const);
      const end = nearestAuthorityEnd(settings, authorities);
      return { ...Object.fromEntries(seen), ...(end === undefined ? {} : { 'authority-ends': end }) };
    };
    return mailboxes
      .filter(({ enabled }) => wanted(enabled))
      .flatMap((mailbox) => datedThings(mailbox, factsOf(mailbox), now()))
      .sort(byEnd);
  };
  return {
    note(mailboxId, fact, at) {
      const key = `${mailboxId} ${fact}`;
      if (noted.get(key) === at) return;
      noted.set(key, at);
      store.call('dates.note', { mailboxId, fact, at }).then(
        () => events.emit('dates.changed', { mailboxId }),
        (error: unknown) => {
          noted.delete(key);
          log.warn('date not kept', { mailbox: mailboxId, error });
        },
      );
    },
    list: () => list(),
    async takeNotices() {
      const due = dueNotices(await list((enabled) => enabled), await store.call('dates.told', undefined));
      const rows = due.map(({ mailboxId, kind, endsAt, threshold }) => ({ mailboxId, kind, endsAt, threshold }));
      if (rows.length === 0) return [];
      const taken = await store.call('dates.tell', { notices: rows, now: now() });
      return due.filter(({ mailboxId, kind }) => taken.some((row) => row.mailboxId === mailboxId && row.kind === kind));
    },
  };
}
