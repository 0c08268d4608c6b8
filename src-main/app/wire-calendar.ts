import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { type Calendar, createCalendar } from '../calendar/calendar.ts';
import type { ConsoleParts } from './wire.ts';

/** Loading ends by itself when the console closes. */
const never = new AbortController().signal;

/** `load`: one pass over these mailboxes. */
export function wireCalendar(
  { store, events, logs, person, automatic }: ConsoleParts,
  load: (mailboxIds: readonly MailboxId[], signal: AbortSignal) => Promise<unknown>,
): Calendar {
  const log = logs('calendar');
  // In the terminal nothing is said to a server until it is asked to load.
  const wake = (mailboxId: MailboxId) => {
    if (automatic) load([mailboxId], never).catch((error: unknown) => log.warn('not loaded', { error }));
  };
  return createCalendar({ store, events, log, askWhereToSave: person.askWhereToSave, wake });
}
