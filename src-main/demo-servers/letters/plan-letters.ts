import { customers, neighbours, newsletters, office, support } from '../company.ts';
import type { ServedLetter } from '../imap/imap-server.ts';
import { englishRequests } from '../stock/english-requests.ts';
import { officeMail } from '../stock/office-mail.ts';
import { officeRequests } from '../stock/office-requests.ts';
import { russianRequests } from '../stock/russian-requests.ts';
import type { StockThread } from '../stock/stock.ts';
import { strangersMail } from '../stock/strangers.ts';
import type { Correspondent } from './compose-letter.ts';
import { oddLetters } from './odd-letters.ts';
import { type Conversation, type WrittenLetter, writeConversation } from './write-conversation.ts';

export interface PlannedLetters {
  readonly support: readonly ServedLetter[];
  readonly office: readonly ServedLetter[];
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const supportLetters = 140;
export const officeLetters = 60;
/** The oldest letter: within the month that a first load takes. */
const reach = 26 * day;

/** Two hundred letters that were sent during the weeks before `now`; but for the dates the same ones each time. */
export function planLetters(now: number): PlannedLetters {
  const asked = askedByOffice(now);
  const odd = oddLetters((place) => now - (place + 1) * 27 * hour);
  const special = [
    ...odd.map(({ at, raw }) => served(now, at, raw)),
    ...asked.map(({ at, raw }) => served(now, at, raw)),
  ];
  const copies = asked.map(({ at, raw }) => served(now, at, raw, 'Sent'));
  return {
    support: [...conversations(now, supportPeople, supportLetters - special.length), ...special],
    office: [...conversations(now, officePeople, officeLetters - copies.length), ...copies],
  };
}

interface People {
  readonly stock: readonly StockThread[];
  readonly writers: (thread: StockThread) => readonly Correspondent[];
  readonly us: (thread: StockThread) => Correspondent;
  /** Where the numbers of its conversations begin. */
  readonly numbers: number;
}

const supportPeople: People = {
  stock: interleave(interleave(russianRequests, englishRequests), strangersMail, 9),
  writers: (thread) => (strangersMail.includes(thread) ? newsletters : customers)[thread.language],
  us: ({ language }) => support[language],
  numbers: 1000,
};

const officePeople: People = {
  stock: officeMail,
  writers: ({ language }) => neighbours[language],
  us: ({ language }) => office[language],
  numbers: 6000,
};

/** The stock over and over, each time with other people and numbers, until there are `count` letters. */
function conversations(now: number, people: People, count: number): ServedLetter[] {
  const threads: StockThread[] = [];
  for (let letters = 0; letters < count; letters += threads.at(-1)?.turns.length ?? 1) {
    const next = people.stock[threads.length % people.stock.length] as StockThread;
    // The last conversation may have to stop early.
    threads.push({ ...next, turns: next.turns.slice(0, count - letters) });
  }
  return threads.flatMap((thread, at) => {
    const original = people.stock[at % people.stock.length] as StockThread;
    const written = writeConversation({
      thread,
      number: people.numbers + at * 37,
      customer: turnOf(people.writers(original), at),
      us: people.us(thread),
      from: now - reach + Math.floor((at / threads.length) * (reach - 6 * hour)),
      until: now - hour,
      remotePicture: strangersMail.includes(original) ? 'https://pictures.obzor-seti.test/head.png' : undefined,
    });
    return written.map(({ ours, at: sentAt, raw }) => served(now, sentAt, raw, ours ? 'Sent' : 'INBOX'));
  });
}

/** What the office asks of the support just before the start: its answers can be found in the office's inbox. */
function askedByOffice(now: number): WrittenLetter[] {
  return officeRequests.flatMap((thread, place) => {
    const conversation: Conversation = {
      thread,
      number: 9000 + place,
      customer: office[thread.language],
      us: support[thread.language],
      from: now - (officeRequests.length - place) * 11 * minute,
      until: now,
    };
    return writeConversation(conversation);
  });
}

function served(now: number, at: number, raw: Uint8Array, folder = 'INBOX'): ServedLetter {
  // Of the last two days nobody has read anything yet.
  return { folder, receivedAt: at, seen: folder !== 'INBOX' || at < now - 2 * day, raw };
}

function turnOf(people: readonly Correspondent[], at: number): Correspondent {
  return people[Math.floor(at / 2) % people.length] as Correspondent;
}

/** One of `others` after each `every` of `first`, as far as they reach; the rest of either at the end. */
function interleave<T>(first: readonly T[], others: readonly T[], every = 1): T[] {
  const left = [...others];
  const mixed = first.flatMap((item, at) => ((at + 1) % every === 0 ? [item, ...left.splice(0, 1)] : [item]));
  return [...mixed, ...left];
}
