import { connectionReport } from '../../src-shared/doctor/connection-report.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { createTranslate } from '../../src-shared/i18n/i18n.ts';
import type { Asking } from './main-process.ts';

/** Everything that a person can see or save of these mailboxes and their connections, in one text. */
export async function seenOf(main: Asking, mailboxes: readonly Mailbox[]): Promise<string> {
  const seen: unknown[] = [];
  for (const { id, settings } of mailboxes) {
    const draft = { settings, password: null, outgoingPassword: null, mailboxId: id };
    const check = await main.call('mailboxes.check', { draft });
    const text = connectionReport(createTranslate('ru'), { check, settings, at: 0 });
    seen.push(check, await main.call('mailboxes.saveReport', { text }));
  }
  seen.push(await main.call('mailboxes.list', undefined), await main.call('loading.status', undefined));
  const all = { mailboxId: null, folderId: null, statuses: [], query: '' };
  seen.push(await main.call('ledger.export', { filter: all }));
  const everything = { mailboxId: null, severity: 'all', words: '', since: null, until: null } as const;
  seen.push(await main.call('logs.save', { filter: everything }));
  seen.push(await main.call('logs.read', { filter: everything, limit: 1000 }));
  return JSON.stringify(seen);
}
