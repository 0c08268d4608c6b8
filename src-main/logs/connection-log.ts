import {
  type LogEntry,
  type LogEvent,
  type LogFilter,
  type LogPage,
  meetsFilter,
} from '../../src-shared/domain/connection-log.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LogLevel } from '../../src-shared/domain/mailbox.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import { cleanEntry } from './clean-entry.ts';
import { createEntryFiles, type EntryFiles } from './entry-files.ts';

/** What is known of an event; the rest is null in its entry. */
export type LoggedFacts = Partial<Omit<LogEntry, 'id' | 'at' | 'mailboxId' | 'event'>>;

export interface ConnectionLog {
  /** Does the mailbox's level keep what goes well? Asked before facts are gathered that cost something. */
  keepsAll(mailboxId: MailboxId): boolean;
  /** In memory at once, in its file a moment later; dropped where the level says so. */
  write(mailboxId: MailboxId, event: LogEvent, facts: LoggedFacts): void;
  setLevel(mailboxId: MailboxId, level: LogLevel): void;
  /** `before`: an entry's id, to go on from. */
  read(filter: LogFilter, page: { readonly before: number | null; readonly limit: number }): Promise<LogPage>;
  remove(mailboxId: MailboxId): Promise<void>;
  /** Everything is in the files when it resolves. */
  settle(): Promise<void>;
}

export interface ConnectionLogOptions {
  readonly folder: string;
  /** Something was written: told once for each batch. */
  readonly onWritten?: (mailboxId: MailboxId) => void;
  readonly now?: () => number;
  /** Only a test that proves the redaction gives another. */
  readonly clean?: (entry: LogEntry) => LogEntry;
}

/** Gathered so long, so that a first load of thousands of letters is a few writes a second. */
const gatherMilliseconds = 250;
/** A disk that takes nothing must not fill the memory: what comes after so many waiting entries is lost. */
const mostWaiting = 5_000;

export function createConnectionLog(options: ConnectionLogOptions): ConnectionLog {
  const { onWritten = () => {}, now = Date.now, clean = cleanEntry } = options;
  const files = createEntryFiles(options.folder);
  const levels = new Map<MailboxId, LogLevel>();
  const waiting = new Map<MailboxId, LogEntry[]>();
  const writes = createKeyedQueue();
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const batches = [...waiting];
    waiting.clear();
    await Promise.all(
      batches.map(([mailboxId, entries]) =>
        writes.run(mailboxId, async () => {
          const lines = entries.map((entry) => JSON.stringify(clean(entry)));
          // A full disk must not end a pass through its log.
          const kept = await files.append(mailboxId, lines).then(
            () => true,
            () => false,
          );
          if (kept) onWritten(mailboxId);
        }),
      ),
    );
  };
  const nextId = (at: number): number => {
    lastId = Math.max(lastId + 1, at * 1000);
    return lastId;
  };
  const settle = async (): Promise<void> => {
    await flush();
    for (const mailboxId of levels.keys()) await writes.run(mailboxId, async () => {});
  };
  return {
    keepsAll: (mailboxId) => levels.get(mailboxId) === 'full',
    write(mailboxId, event, facts) {
      const level = levels.get(mailboxId) ?? 'errors';
      if (level === 'off' || (level === 'errors' && !facts.problem)) return;
      const entries = waiting.get(mailboxId) ?? [];
      if (entries.length >= mostWaiting) return;
      const at = now();
      entries.push({ ...nothingKnown, ...facts, id: nextId(at), at, mailboxId, event });
      waiting.set(mailboxId, entries);
      timer ??= setTimeout(() => void flush(), gatherMilliseconds).unref();
    },
    setLevel: (mailboxId, level) => void levels.set(mailboxId, level),
    async read(filter, page) {
      await flush();
      return readPage({ files, alone: writes.run }, filter, page);
    },
    async remove(mailboxId) {
      waiting.delete(mailboxId);
      levels.delete(mailboxId);
      await writes.run(mailboxId, () => files.remove(mailboxId));
    },
    settle,
  };
}

const nothingKnown = {
  protocol: null,
  host: null,
  port: null,
  folder: null,
  uid: null,
  messageId: null,
  count: null,
  bytes: null,
  milliseconds: null,
  problem: null,
} as const;

interface Shelf {
  readonly files: EntryFiles;
  /** Not while the same mailbox's files are written or renamed. */
  readonly alone: (mailboxId: MailboxId, task: () => Promise<void>) => Promise<void>;
}

/** Of each mailbox no more than a page is held, and no file is read that is not needed. */
async function readPage(
  { files, alone }: Shelf,
  filter: LogFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<LogPage> {
  const found: LogEntry[] = [];
  const mailboxes = filter.mailboxId === null ? await files.mailboxes() : [filter.mailboxId];
  for (const mailboxId of mailboxes) {
    const own: LogEntry[] = [];
    await alone(mailboxId, async () => {
      for await (const entries of files.read(mailboxId)) {
        own.push(...entries.filter((entry) => (before === null || entry.id < before) && meetsFilter(entry, filter)));
        if (own.length > limit) return;
      }
    });
    found.push(...own.slice(0, limit + 1));
  }
  found.sort((a, b) => b.id - a.id);
  return { entries: found.slice(0, limit), more: found.length > limit };
}
