import { expect } from 'vitest';
import { newExchange } from '../../src-shared/domain/exchange.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { addMailbox, settingsOf } from '../bad-input/main-process.ts';
import { type CollectingConsole, loadOne } from '../faults/collecting-console.ts';

const endpoint = { protocol: 'ews', exchange: { ...newExchange, windows: true } } as const;

export const day = 24 * 60 * 60_000;
/** Midnight of a day to come that every look at the calendar shows. */
export const start = Math.floor(Date.now() / day) * day + 2 * day;

/** Bob's mailbox of the Exchange double at `port`, its calendar followed. */
export async function addExchange(main: CollectingConsole, port: number): Promise<Mailbox> {
  return switchCalendar(main, await addMailbox(main, { user: 'bob', port, endpoint }), { port, on: true });
}

export function switchCalendar(
  { call }: CollectingConsole,
  { id }: Mailbox,
  { port, on }: { readonly port: number; readonly on: boolean },
): Promise<Mailbox> {
  const settings = { ...settingsOf({ user: 'bob', port, endpoint }), calendar: on };
  return call('mailboxes.update', { draft: { settings, password: 'secret', outgoingPassword: null, mailboxId: id } });
}

/** One pass, which has to go well. */
export async function pass(main: CollectingConsole, mailbox: Mailbox): Promise<void> {
  expect(await loadOne(main, mailbox)).toMatchObject({ problem: null });
}

/** All that the calendar keeps. */
export const listed = ({ call }: CollectingConsole) =>
  call('calendar.list', { from: Date.now() - 40 * day, to: Date.now() + 200 * day });
