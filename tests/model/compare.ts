import type { EffectState } from '../../src-shared/domain/effect.ts';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import type { MessageState } from '../../src-shared/domain/message.ts';
import type { AttachReason } from '../../src-shared/domain/ticket.ts';
import { contentKey } from './changes.ts';
import { isLoaded, type ServerModel } from './server-model.ts';

/** What is wrong, each in words that say which letter. */
export interface Findings {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly broken: readonly string[];
}

export interface KeptLetter {
  readonly messageId: MessageId;
  readonly user: string;
  /** sha256 of the bytes that are kept. */
  readonly digest: string;
  readonly state: MessageState;
  readonly unread: boolean;
  readonly ticketId: TicketId | null;
}

export interface KeptTicket {
  readonly ticketId: TicketId;
  readonly letters: readonly { readonly messageId: MessageId; readonly reason: AttachReason }[];
}

export interface KeptBalance {
  readonly user: string;
  readonly folder: string;
  readonly onServer: number;
  readonly inLedger: number;
  readonly unexplained: number;
  readonly waiting: number;
}

/** A change on the server that the console has recorded and not brought to an end. */
export interface OpenEffect {
  readonly user: string;
  readonly folder: string;
  readonly uid: number;
  readonly state: EffectState;
}

/** All that the console has. */
export interface ConsoleView {
  readonly letters: readonly KeptLetter[];
  readonly tickets: readonly KeptTicket[];
  /** Null: it has no ledger. */
  readonly balances: readonly KeptBalance[] | null;
  readonly effects: readonly OpenEffect[];
}

export interface Circumstances {
  /** sha256 of what the server gives, by content. */
  readonly contents: ReadonlyMap<string, string>;
  /** Mailboxes whose last pass ended well: nothing of them waits for the parser or the rules. */
  readonly settled: ReadonlySet<string>;
  /** Of them, those whose server stood still meanwhile: marks and numbers are as the server has them. */
  readonly still: ReadonlySet<string>;
}

type Say = (kind: keyof Findings, words: string) => void;

export function compareConsole(model: ServerModel, view: ConsoleView, circumstances: Circumstances): Findings {
  const found = { lost: [] as string[], doubled: [] as string[], broken: [] as string[] };
  const say: Say = (kind, words) => void found[kind].push(words);
  const known = knownContents(circumstances.contents);
  const entries = ticketEntries(view, say);
  const kept = new Map<string, KeptLetter>();
  const unread = unreadContents(model);
  for (const letter of view.letters) {
    const content = known.get(`${letter.user} ${letter.digest}`);
    const name = content === undefined ? `letter ${letter.messageId} of ${letter.user}` : content.key;
    if (content === undefined) say('broken', `${name}: its bytes were never on the server`);
    else if (kept.has(content.key)) say('doubled', `${name} is kept twice`);
    else if (!model.mayHave.has(content.key)) say('broken', `${name} was loaded from a folder that is not ticked`);
    if (content !== undefined) kept.set(content.key, letter);
    const kind = content && model.letters.get(content.serial);
    compareTicket(letter, { name, entries, settled: circumstances.settled, letter: kind }, say);
    const marked = content && unread.get(content.key);
    if (circumstances.still.has(letter.user) && marked !== undefined && marked !== letter.unread)
      say('broken', `${name} is shown as ${letter.unread ? 'unread' : 'read'}, on the server it is not`);
  }
  for (const key of model.mustHave) if (!kept.has(key)) say('lost', `${key} is not in the store`);
  compareBalances(model, view, circumstances, say);
  for (const { user, folder, uid, state } of view.effects)
    if (circumstances.settled.has(user)) say('broken', `what is to be done to ${user}/${folder} ${uid} is ${state}`);
  return found;
}

function knownContents(contents: ReadonlyMap<string, string>) {
  const known = new Map<string, { readonly key: string; readonly serial: number }>();
  for (const [key, digest] of contents) {
    const [user = '', serial] = key.split('#');
    known.set(`${user} ${digest}`, { key, serial: Number(serial) });
  }
  return known;
}

type Entries = ReadonlyMap<MessageId, { readonly ticketId: TicketId; readonly reason: AttachReason }>;

function ticketEntries({ letters, tickets }: ConsoleView, say: Say): Entries {
  const kept = new Set(letters.map(({ messageId }) => messageId));
  const entries = new Map<MessageId, { ticketId: TicketId; reason: AttachReason }>();
  for (const { ticketId, letters: own } of tickets) {
    const starts = own.filter(({ reason }) => reason === 'sender-entry').length;
    if (starts > 1) say('doubled', `ticket ${ticketId} was begun ${starts} times`);
    if (starts === 0) say('broken', `ticket ${ticketId} was begun by no letter`);
    for (const { messageId, reason } of own) {
      const other = entries.get(messageId);
      if (other) say('doubled', `letter ${messageId} is in ticket ${other.ticketId} and in ticket ${ticketId}`);
      if (!kept.has(messageId))
        say('broken', `ticket ${ticketId} holds letter ${messageId}, which is not in the store`);
      entries.set(messageId, { ticketId, reason });
    }
  }
  return entries;
}

interface Ruled {
  readonly name: string;
  readonly entries: Entries;
  readonly settled: ReadonlySet<string>;
  readonly letter: { readonly kind: string; readonly answers: string | null } | undefined;
}

function compareTicket(kept: KeptLetter, { name, entries, settled, letter }: Ruled, say: Say): void {
  const entry = entries.get(kept.messageId);
  if ((entry?.ticketId ?? null) !== kept.ticketId)
    say('broken', `${name} says ticket ${kept.ticketId}, it lies in ${entry?.ticketId ?? 'none'}`);
  if (letter === undefined) return;
  const customer = letter.kind === 'customer';
  if (entry !== undefined && !customer) say('broken', `${name} is a ticket, and it is of a ${letter.kind}`);
  if (entry !== undefined && letter.answers === null && entry.reason !== 'sender-entry')
    say('broken', `${name} answers nothing and was appended to ticket ${entry.ticketId}`);
  if (!settled.has(kept.user)) return;
  if (customer && entry === undefined) say('lost', `${name} has made no ticket`);
  if (kept.state !== (letter.kind === 'unreadable' ? 'unreadable' : 'parsed'))
    say('broken', `${name} is ${kept.state}`);
}

/** Of contents that lie in ticked folders: is any of their copies unread? Over POP3 the server tells nobody, and all are. */
function unreadContents(model: ServerModel): ReadonlyMap<string, boolean> {
  const unread = new Map<string, boolean>();
  for (const copy of model.copies.values()) {
    if (!isLoaded(model, copy)) continue;
    const key = contentKey(copy.user, copy.serial);
    const told = model.mailboxes.get(copy.user)?.protocol !== 'pop3';
    unread.set(key, (unread.get(key) ?? false) || !(copy.seen && told));
  }
  return unread;
}

function compareBalances(model: ServerModel, { balances }: ConsoleView, { still }: Circumstances, say: Say): void {
  if (balances === null) return;
  const counts = new Map<string, number>();
  for (const { user, folder } of model.copies.values())
    counts.set(`${user}/${folder}`, (counts.get(`${user}/${folder}`) ?? 0) + 1);
  for (const { user, folder, onServer, inLedger, unexplained, waiting } of balances) {
    if (!still.has(user)) continue;
    const name = `balance of ${user}/${folder}`;
    const real = counts.get(`${user}/${folder}`) ?? 0;
    if (onServer !== real) say('broken', `${name}: ${onServer} on the server, there are ${real}`);
    if (inLedger !== onServer) say('broken', `${name}: ${onServer} on the server, ${inLedger} in the ledger`);
    if (unexplained !== 0) say('lost', `${name}: ${unexplained} unexplained`);
    if (waiting !== 0) say('lost', `${name}: ${waiting} still waiting`);
  }
}

export const isClean = ({ lost, doubled, broken }: Findings): boolean =>
  lost.length + doubled.length + broken.length === 0;

export function together(...all: readonly Findings[]): Findings {
  return {
    lost: all.flatMap(({ lost }) => lost),
    doubled: all.flatMap(({ doubled }) => doubled),
    broken: all.flatMap(({ broken }) => broken),
  };
}
