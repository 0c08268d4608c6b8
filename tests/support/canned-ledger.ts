import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Emit, Handlers } from '../../src-shared/contract/define-contract.ts';
import type { Effect } from '../../src-shared/domain/effect.ts';
import type { EffectId, FolderId, LedgerEntryId, TicketId } from '../../src-shared/domain/ids.ts';
import type { FolderBalance, LedgerEntry } from '../../src-shared/domain/ledger.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { WireError } from '../../src-shared/errors/wire.ts';
import { cannedLetterAt } from './canned-mail.ts';
import { salesId, supportId } from './canned-mailboxes.ts';
import { cannedQuarantine } from './canned-quarantine.ts';

const minute = 60_000;
const start = Date.now();
const newest = 900_000;

type Life = Partial<LedgerEntry>;

function effect(id: number, part: Partial<Effect>): Effect {
  return {
    id: id as EffectId,
    kind: 'move',
    target: 'Processed/2026',
    state: 'done',
    plannedAt: start - id * minute,
    notBefore: start - id * minute,
    attempts: 1,
    problem: null,
    doneAt: null,
    ...part,
  };
}

const overQuota: WireError = {
  code: 'server.refused',
  params: { host: 'imap.northwind.example', serverWords: 'NO [OVERQUOTA] Mailbox is full' },
};
const dropped: WireError = { code: 'network.dropped', params: { host: 'imap.northwind.example', port: 993 } };

/** What is not there before a letter is loaded. */
const notLoaded: Life = {
  messageId: null,
  from: null,
  subject: '',
  messageIdHeader: '',
  storedAt: null,
  parsedAt: null,
  ruledAt: null,
};

/** Every way a letter can stand, one after another. */
const lives: readonly ((row: number, at: number) => Life)[] = [
  () => ({ ...notLoaded, status: 'waiting', attempts: 0 }),
  (row, at) => ({
    status: 'ticket',
    ticketId: (40 - (row % 20)) as TicketId,
    effect: effect(row + 1, { doneAt: at + 4000 }),
    leftAt: at + 4000,
    leftHow: 'moved',
  }),
  (row) => ({ status: 'quarantined', why: 'no-sender-entry', attempts: row % 3 }),
  (row) => ({
    status: 'appended',
    ticketId: (40 - (row % 20)) as TicketId,
    effect: effect(row + 1, { state: 'failed', attempts: 5, problem: overQuota }),
  }),
  () => ({ status: 'kept', why: 'not-collecting' }),
  () => ({ ...notLoaded, status: 'held', why: 'before-period', attempts: 0 }),
  (row, at) => ({
    status: 'kept',
    why: 'own-letter',
    effect: effect(row + 1, {
      kind: 'delete',
      target: null,
      state: 'due',
      attempts: 0,
      notBefore: at + 7 * 24 * 60 * minute,
    }),
  }),
  () => ({ ...notLoaded, status: 'held', why: 'refused', attempts: 5, problem: dropped }),
  () => ({ status: 'stored', parsedAt: null, ruledAt: null, from: null, subject: '', messageIdHeader: '' }),
  () => ({ status: 'quarantined', why: 'too-large', size: 40_200_000 }),
  (row) => ({
    status: 'ticket',
    ticketId: (40 - (row % 20)) as TicketId,
    effect: effect(row + 1, { kind: 'mark-read', target: null, state: 'due', attempts: 0 }),
  }),
  (_row, at) => ({ ...notLoaded, status: 'left', leftAt: at + 30_000, leftHow: 'deleted' }),
  () => ({
    status: 'quarantined',
    why: 'unreadable',
    parsedAt: null,
    problem: { code: 'message.parse-timeout', params: {} },
  }),
  () => ({ status: 'parsed', ruledAt: null }),
  (row, at) => ({
    status: 'kept',
    why: 'receiving-off',
    effect: effect(row + 1, { state: 'gone', doneAt: at + 9000 }),
    leftAt: at + 5000,
    leftHow: 'deleted',
  }),
  () => ({ status: 'quarantined', why: 'suspected-sender' }),
  () => ({ ...notLoaded, status: 'held', why: 'read', attempts: 0 }),
  () => ({ ...notLoaded, status: 'waiting', attempts: 2, problem: dropped }),
];

/** Entry number `row` of a ledger without end, last seen first. */
export function cannedEntryAt(row: number): LedgerEntry {
  const letter = cannedLetterAt(row, start);
  const at = start - row * 47 * minute;
  const ofSales = row % 7 === 4;
  const life = lives[row % lives.length];
  return {
    id: (newest - row) as LedgerEntryId,
    mailboxId: ofSales ? salesId : supportId,
    folderId: (ofSales ? 6 : row % 5 === 1 ? 2 : 1) as FolderId,
    folderPath: ofSales ? 'INBOX' : row % 5 === 1 ? 'Projects' : 'INBOX',
    uidValidity: 1_718_000_001,
    uid: 4711 - row,
    messageId: letter.id,
    why: null,
    problem: null,
    from: letter.from,
    subject: letter.subject,
    messageIdHeader: `<20261120.${4711 - row}@${letter.from?.address.split('@')[1] ?? 'nowhere.example'}>`,
    ticketId: null,
    size: letter.size,
    attempts: 1,
    receivedAt: at - minute,
    seenAt: at,
    storedAt: at + 1000,
    parsedAt: at + 1500,
    ruledAt: at + 2000,
    leftAt: null,
    leftHow: null,
    effect: null,
    status: 'kept',
    ...life?.(row, at),
  };
}

function balance(folderId: number, path: string, part: Partial<FolderBalance> = {}): FolderBalance {
  const counts = { stored: 1150, waiting: 4, beforePeriod: 38, read: 0, tooLarge: 2, refused: 0, ...part.counts };
  const inLedger = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const unexplained = part.unexplained ?? [];
  return {
    mailboxId: folderId === 6 ? salesId : supportId,
    folderId: folderId as FolderId,
    path,
    at: start - 3 * minute,
    onServer: inLedger + unexplained.length,
    inLedger,
    ...part,
    unexplained,
    counts,
  };
}

export const cannedBalances: readonly FolderBalance[] = [
  balance(1, 'INBOX', { counts: { stored: 1160, waiting: 4, beforePeriod: 38, read: 0, tooLarge: 2, refused: 0 } }),
  balance(2, 'Projects', {
    counts: { stored: 204, waiting: 0, beforePeriod: 5, read: 0, tooLarge: 0, refused: 3 },
    unexplained: [17, 101, 102, 103, 240],
  }),
  balance(6, 'INBOX', { counts: { stored: 540, waiting: 0, beforePeriod: 0, read: 12, tooLarge: 0, refused: 0 } }),
];

export interface CannedLedgerOptions {
  /** How many letters were seen. */
  readonly count?: number;
  /** How many of them wait on the desk. */
  readonly onDesk?: number;
  readonly emit?: () => Emit<AppContract>;
}

type LedgerMethods = keyof Handlers<AppContract> & (`ledger.${string}` | `effects.${string}` | `quarantine.${string}`);

/** Handlers of a ledger with any number of entries and of its quarantine desk; changes last as long as the object. */
export function cannedLedger(options: CannedLedgerOptions = {}): Pick<Handlers<AppContract>, LedgerMethods> {
  const { count = 60, onDesk = 9, emit = () => () => undefined } = options;
  const changed = new Map<number, Effect>();
  const entryAt = (row: number): LedgerEntry => {
    const entry = cannedEntryAt(row);
    return { ...entry, effect: (entry.effect && changed.get(entry.effect.id)) ?? entry.effect };
  };
  const entries = () => Array.from({ length: Math.min(count, 2000) }, (_, row) => entryAt(row));
  const get = (id: LedgerEntryId) => {
    if (id > newest || id <= newest - count) throw new AppError('message.gone');
    return entryAt(newest - id);
  };
  const change = (ids: readonly EffectId[], from: readonly Effect['state'][], to: Partial<Effect>) => {
    const hit = entries().flatMap(({ effect: one }) =>
      one && ids.includes(one.id) && from.includes(one.state) ? [one] : [],
    );
    for (const one of hit) changed.set(one.id, { ...one, ...to });
    emit()('ledger.changed', { mailboxId: null });
    return { changed: hit.length };
  };
  const desk = cannedQuarantine(onDesk, emit);
  return {
    'ledger.list': async ({ filter, before, limit }) => {
      const { mailboxId, folderId, statuses, query } = filter;
      const from = before === null ? 0 : newest - before + 1;
      const isPlain = mailboxId === null && folderId === null && statuses.length === 0 && query === '';
      if (isPlain)
        return Array.from({ length: Math.max(0, Math.min(limit, count - from)) }, (_, at) => entryAt(from + at));
      return entries()
        .slice(from)
        .filter(
          (one) =>
            (mailboxId === null || one.mailboxId === mailboxId) &&
            (folderId === null || one.folderId === folderId) &&
            (statuses.length === 0 || statuses.includes(one.status)) &&
            `${one.subject} ${one.from?.name} ${one.from?.address} ${one.messageIdHeader}`
              .toLowerCase()
              .includes(query.toLowerCase()),
        )
        .slice(0, limit);
    },
    'ledger.story': async ({ entryId }) => {
      const entry = get(entryId);
      const elsewhere =
        entry.status === 'appended' && entryId > newest - count + 6
          ? [{ ...entryAt(newest - entryId + 4), leftAt: start, leftHow: 'moved' as const }]
          : [];
      return { entry, elsewhere };
    },
    'ledger.balances': async ({ mailboxId }) =>
      count === 0 ? [] : cannedBalances.filter((one) => mailboxId === null || one.mailboxId === mailboxId),
    'ledger.recount': async ({ mailboxId }) => cannedBalances.filter((one) => one.mailboxId === mailboxId),
    'ledger.loadMissing': async ({ mailboxId }) => ({
      mailboxId,
      mailboxName: 'support@northwind.example',
      folders: [
        {
          path: 'Projects',
          onServer: 217,
          loaded: 212,
          fresh: 8,
          failed: 0,
          heldBack: 5,
          unchanged: false,
          problem: null,
        },
      ],
      ticketsCreated: 3,
      ticketsAppended: 0,
      unreadable: 0,
      quarantined: 0,
      effectsDone: 0,
      effectsFailed: 0,
      unexplained: 0,
      roundTrips: 12,
      caughtUp: null,
      milliseconds: 900,
      problem: null,
    }),
    'ledger.export': async () => ({ path: '/home/user/Documents/ledger.csv', rows: count }),
    'effects.list': async ({ mailboxId, states, limit }) =>
      entries()
        .filter(
          (one) =>
            one.effect !== null &&
            states.includes(one.effect.state) &&
            (mailboxId === null || one.mailboxId === mailboxId),
        )
        .reverse()
        .slice(0, limit),
    'effects.retry': async ({ effectIds }) => change(effectIds, ['failed'], { state: 'due', problem: null }),
    'effects.cancel': async ({ effectIds }) =>
      change(effectIds, ['due', 'failed'], { state: 'cancelled', problem: null }),
    ...desk,
  };
}
