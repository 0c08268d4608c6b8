import { appendFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogEntry, logEntrySchema } from '../../src-shared/domain/connection-log.ts';
import { type MailboxId, mailboxIdSchema } from '../../src-shared/domain/ids.ts';

/** Four files of 512 KB for each mailbox: some 8,000 letters at full details, years of errors; eighty mailboxes are 160 MB at the very most. */
export const fileBytes = 512 * 1024;
export const filesOfMailbox = 4;

/** The log files of all mailboxes, `<id>.log` being written and `<id>.1.log` the one before it. Calls for one mailbox come one after another. */
export interface EntryFiles {
  append(mailboxId: MailboxId, lines: readonly string[]): Promise<void>;
  /** Newest file first, its newest entry first. */
  read(mailboxId: MailboxId): AsyncIterable<readonly LogEntry[]>;
  mailboxes(): Promise<readonly MailboxId[]>;
  remove(mailboxId: MailboxId): Promise<void>;
}

export function createEntryFiles(folder: string): EntryFiles {
  const pathOf = (mailboxId: MailboxId, age: number) => join(folder, `${mailboxId}${age === 0 ? '' : `.${age}`}.log`);
  const rotate = async (mailboxId: MailboxId) => {
    for (let age = filesOfMailbox - 2; age >= 0; age -= 1)
      await rename(pathOf(mailboxId, age), pathOf(mailboxId, age + 1)).catch(ignoreMissing);
  };
  return {
    async append(mailboxId, lines) {
      const text = lines.map((line) => `${line}\n`).join('');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const size = (await stat(pathOf(mailboxId, 0)).catch(ignoreMissing))?.size ?? 0;
      if (size > 0 && size + text.length > fileBytes) await rotate(mailboxId);
      await appendFile(pathOf(mailboxId, 0), text, { mode: 0o600 });
    },
    async *read(mailboxId) {
      for (let age = 0; age < filesOfMailbox; age += 1) {
        const text = await readFile(pathOf(mailboxId, age), 'utf8').catch(ignoreMissing);
        if (text !== undefined) yield entriesOf(text);
      }
    },
    async mailboxes() {
      const names = (await readdir(folder).catch(ignoreMissing)) ?? [];
      const ids = names.map((name) => mailboxIdSchema.safeParse(name.split('.')[0]).data);
      return [...new Set(ids.filter((id) => id !== undefined))];
    },
    async remove(mailboxId) {
      for (let age = 0; age < filesOfMailbox; age += 1) await rm(pathOf(mailboxId, age), { force: true });
    },
  };
}

/** A line that was cut off by a crash, or that somebody changed, is left out. */
function entriesOf(text: string): readonly LogEntry[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.reverse().flatMap((line) => {
    try {
      return logEntrySchema.safeParse(JSON.parse(line)).data ?? [];
    } catch {
      return [];
    }
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
