import type { MailboxId, MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import type { TicketSummary } from '../../src-shared/domain/ticket.ts';
import type { ConsoleView, KeptBalance, KeptTicket, OpenEffect } from './compare.ts';
import type { ConsoleProcess } from './console-process.ts';
import { scope } from './scope.ts';

/** Reads all that the console has; what was read before and cannot have changed is not read again. */
export interface ConsoleReader {
  read(console: ConsoleProcess): Promise<ConsoleView>;
  /** The next reading reads everything. */
  forget(): void;
}

const page = 500;

export function createConsoleReader(mailboxes: ReadonlyMap<string, MailboxId>): ConsoleReader {
  const digests = new Map<MessageId, string>();
  const tickets = new Map<TicketId, { readonly letterCount: number; readonly ticket: KeptTicket }>();
  const users = new Map([...mailboxes].map(([user, mailboxId]) => [mailboxId, user]));

  const readTicket = async ({ call }: ConsoleProcess, { id, letterCount }: TicketSummary): Promise<KeptTicket> => {
    const known = tickets.get(id);
    if (known?.letterCount === letterCount) return known.ticket;
    const { entries } = await call('tickets.get', { ticketId: id });
    const letters = entries.flatMap((entry) =>
      entry.kind === 'letter' ? [{ messageId: entry.messageId, reason: entry.reason }] : [],
    );
    const ticket = { ticketId: id, letters };
    tickets.set(id, { letterCount, ticket });
    return ticket;
  };

  return {
    async read(console) {
      const summaries: MessageSummary[] = [];
      for (const mailboxId of mailboxes.values()) summaries.push(...(await lettersOf(console, mailboxId)));
      const fresh = summaries.map(({ id }) => id).filter((id) => !digests.has(id));
      const read = await console.digests(fresh);
      for (const [at, id] of fresh.entries()) digests.set(id, read[at] ?? '');
      const kept: KeptTicket[] = [];
      for (const summary of await ticketsOf(console)) kept.push(await readTicket(console, summary));
      return {
        letters: summaries.map(({ id, mailboxId, state, unread, ticketId }) => ({
          messageId: id,
          user: users.get(mailboxId) ?? mailboxId,
          digest: digests.get(id) ?? '',
          state,
          unread,
          ticketId,
        })),
        tickets: kept,
        balances: scope.balances ? await balancesOf(console, mailboxes) : null,
        effects: scope.effects ? await openEffectsOf(console, users) : [],
      };
    },
    forget() {
      digests.clear();
      tickets.clear();
    },
  };
}

async function lettersOf({ call }: ConsoleProcess, mailboxId: MailboxId): Promise<readonly MessageSummary[]> {
  const letters: MessageSummary[] = [];
  for (;;) {
    const before = letters.at(-1)?.id ?? null;
    const scope = { mailboxId, folderId: null, unreadOnly: false };
    const some = await call('mail.list', { scope, before, limit: page });
    letters.push(...some);
    if (some.length < page) return letters;
  }
}

async function ticketsOf({ call }: ConsoleProcess): Promise<readonly TicketSummary[]> {
  const all: TicketSummary[] = [];
  const filter = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  for (;;) {
    const { tickets } = await call('tickets.list', { filter, offset: all.length, limit: page });
    all.push(...tickets);
    if (tickets.length < page) return all;
  }
}

async function openEffectsOf(
  { call }: ConsoleProcess,
  users: ReadonlyMap<MailboxId, string>,
): Promise<readonly OpenEffect[]> {
  const entries = await call('effects.list', { mailboxId: null, states: ['due', 'doing', 'failed'], limit: page });
  return entries.map(({ mailboxId, folderPath, uid, effect }) => ({
    user: users.get(mailboxId) ?? mailboxId,
    folder: folderPath,
    uid,
    state: effect?.state ?? 'due',
  }));
}

/** Each mailbox against a fresh listing of its server. */
async function balancesOf(
  { call }: ConsoleProcess,
  mailboxes: ReadonlyMap<string, MailboxId>,
): Promise<readonly KeptBalance[]> {
  const balances: KeptBalance[] = [];
  for (const [user, mailboxId] of mailboxes)
    for (const { path, onServer, inLedger, unexplained, counts } of await call('ledger.recount', { mailboxId }))
      balances.push({
        ...{ user, folder: path, onServer, inLedger },
        unexplained: unexplained.length,
        waiting: counts.waiting,
      });
  return balances;
}
