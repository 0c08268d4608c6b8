import type { Contact, Phone } from '../../src-shared/domain/contact.ts';
import type { Address } from '../../src-shared/domain/message.ts';
import type { NotGiven } from './not-given.ts';

/** What the server left out is empty. */
export interface FetchedContact {
  readonly id: string;
  readonly kind: Contact['kind'];
  readonly name: string;
  readonly company: string;
  readonly department: string;
  readonly jobTitle: string;
  readonly addresses: readonly Address[];
  readonly phones: readonly Phone[];
  /** Of a list. */
  readonly members: readonly Address[];
}

/** A part of what has happened, with the place to go on from behind it. */
export interface ContactNews {
  /** Everybody is told anew from here on: whoever is not told again is there no more. */
  readonly begins: boolean;
  readonly put: readonly FetchedContact[];
  readonly gone: readonly string[];
  /** Of all that was told so far: whoever is there and could not be given. Asked for again with each portion. */
  readonly notGiven: readonly NotGiven[];
  readonly state: string;
  readonly last: boolean;
}

/** The address book of a mailbox; absent where the protocol has none. */
export interface ContactsDesk {
  /** Whose names they are: server, login and mailbox in one word. */
  readonly source: string;
  /** What has happened since `state` (null: never looked), in portions. One question where nothing has. */
  news(state: string | null, signal: AbortSignal): AsyncIterable<ContactNews>;
}
