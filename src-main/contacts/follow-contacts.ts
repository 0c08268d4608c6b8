import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { Address } from '../../src-shared/domain/message.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { ContactsDesk, FetchedContact } from '../connectors/contacts.ts';
import { notGivenError } from '../connectors/not-given.ts';
import type { Logger } from '../logs/logs.ts';
import type { ContactToKeep } from '../store/api/contacts.ts';
import type { Store } from '../store/store.ts';

export interface FollowParts {
  readonly store: Pick<Store, 'call'>;
  readonly desk: ContactsDesk;
  readonly log: Logger;
  readonly now: () => number;
}

/** More is no name of anybody, and a list is laid out by it. */
const longestText = 300;
/** Of addresses and of numbers. */
const most = 30;
/** In a list; what stands behind them is not kept. */
const mostMembers = 1000;

/**
 * Brings the people that are here in line with the server's: one question where nothing has happened. Each portion is kept together with the place to go on from, so that an
 * interrupted look goes on where it was. True: something is other than before.
 */
export async function followContacts(
  { id: mailboxId }: Mailbox,
  { store, desk, log, now }: FollowParts,
  signal: AbortSignal,
): Promise<boolean> {
  const { source } = desk;
  const before = await store.call('contacts.followed', { mailboxId });
  let said = JSON.stringify(before?.problem);
  let changed = false;
  for await (const news of desk.news(before?.source === source ? before.syncState : null, signal)) {
    const { begins, gone, state, last } = news;
    const error = notGivenError('contact.not-given', news.notGiven);
    const problem = error && toWire(error);
    // Once, and not with each pass that finds the same.
    if (error && JSON.stringify(problem) !== said) log.warn('contacts not given', { mailbox: mailboxId, error });
    said = JSON.stringify(problem);
    const portion = {
      ...{ mailboxId, source, begins, gone, last, syncState: state, put: news.put.map(toKeep), at: now() },
      ...{ notGiven: news.notGiven.map(({ id }) => id), problem },
    };
    changed = (await store.call('contacts.take', portion)) || changed;
  }
  return changed;
}

/** Whoever fills an address book may be anybody: texts end somewhere. */
function toKeep(contact: FetchedContact): ContactToKeep {
  const { id, kind, name, company, department, jobTitle, addresses, phones, members } = contact;
  return {
    ...{ id, kind },
    ...{ name: bounded(name), company: bounded(company), department: bounded(department), jobTitle: bounded(jobTitle) },
    addresses: addresses.slice(0, most).map(addressToKeep),
    phones: phones.slice(0, most).map((phone) => ({ kind: phone.kind, number: bounded(phone.number) })),
    members: members.slice(0, mostMembers).map(addressToKeep),
  };
}

const addressToKeep = ({ name, address }: Address): Address => ({ name: bounded(name), address: bounded(address) });

const bounded = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, longestText).toWellFormed();
