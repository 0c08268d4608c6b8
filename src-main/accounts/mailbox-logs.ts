import type { LogFilter, LogPage } from '../../src-shared/domain/connection-log.ts';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';
import { logLine } from '../../src-shared/i18n/log-sentence.ts';
import type { Events } from '../events/events.ts';
import { saveChosen } from '../files/save-chosen.ts';
import type { ConnectionLog } from '../logs/connection-log.ts';
import type { Store } from '../store/store.ts';

/** What a person may do with the logs of mailboxes. */
export interface MailboxLogs {
  read(filter: LogFilter, page: { readonly before: number | null; readonly limit: number }): Promise<LogPage>;
  save(filter: LogFilter): Promise<{ readonly path: string; readonly entries: number } | null>;
  /** What is still in memory is written. */
  close(): Promise<void>;
}

export interface MailboxLogParts {
  readonly connectionLog: ConnectionLog;
  readonly store: Pick<Store, 'call'>;
  readonly events: Pick<Events, 'on'>;
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  /** In the language in force. */
  readonly translate: () => Translate;
  /** The levels could not be read again; those that were known hold. */
  readonly onProblem: (error: unknown) => void;
}

/** A file to send on; what is older stays in the log. */
const mostSaved = 20_000;
const savedAtOnce = 1_000;

/** Keeps the levels as the settings have them, notes the end of each pass, and forgets mailboxes that were removed. */
export async function createMailboxLogs(parts: MailboxLogParts): Promise<MailboxLogs> {
  const { connectionLog, store, events, translate } = parts;
  let names = new Map<MailboxId, string>();
  const follow = async (): Promise<void> => {
    const mailboxes = await store.call('mailboxes.list', undefined);
    const before = names;
    names = new Map(mailboxes.map(({ id, settings }) => [id, settings.name]));
    for (const { id, settings } of mailboxes) connectionLog.setLevel(id, settings.log ?? 'errors');
    for (const id of before.keys()) if (!names.has(id)) await connectionLog.remove(id);
  };
  await follow();
  const ends = [
    events.on('mailboxes.changed', () => void follow().catch(parts.onProblem)),
    events.on('loading.finished', (report) => notePass(connectionLog, report)),
  ];
  const collect = async (filter: LogFilter): Promise<readonly string[]> => {
    const lines: string[] = [];
    let before: number | null = null;
    while (lines.length < mostSaved) {
      const page: LogPage = await connectionLog.read(filter, { before, limit: savedAtOnce });
      for (const entry of page.entries)
        lines.push(logLine(translate(), entry, names.get(entry.mailboxId) ?? entry.mailboxId));
      before = page.entries.at(-1)?.id ?? null;
      if (!page.more || before === null) break;
    }
    return lines;
  };
  return {
    read: (filter, page) => connectionLog.read(filter, page),
    async save(filter) {
      const lines = await collect(filter);
      const text = lines.map((line) => `${line}\n`).join('');
      const saved = await saveChosen(parts.askWhereToSave, 'mailbox-log.txt', text);
      return saved && { ...saved, entries: lines.length };
    },
    async close() {
      for (const end of ends) end();
      await connectionLog.settle();
    },
  };
}

function notePass(connectionLog: ConnectionLog, { mailboxId, folders, problem, milliseconds }: LoadReport): void {
  // Another console has the mailbox: that is no failure, and comes every few seconds.
  if (problem?.code === 'mailbox.leased' || problem?.code === 'cancelled') return;
  const count = folders.reduce((sum, { fresh }) => sum + fresh, 0);
  connectionLog.write(mailboxId, 'pass-ended', { count, milliseconds: Math.round(milliseconds), problem });
}
