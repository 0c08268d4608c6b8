import type { MailboxId, MessageId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { fetchAnyway } from './fetch-anyway.ts';
import type { LedgerHandlers, LedgerParts } from './ledger.ts';

type QuarantineMethods = Extract<keyof LedgerHandlers, `quarantine.${string}`>;

const day = 24 * 60 * 60_000;

/** Letters that a person should look at. Only a person's decision, or their age where one is set, takes them off the desk. */
export function quarantineHandlers(parts: LedgerParts): Pick<LedgerHandlers, QuarantineMethods> {
  const { store, events } = parts;
  const now = parts.now ?? Date.now;
  const changed = (mailboxId: MailboxId | null) => {
    events.emit('quarantine.changed', { mailboxId });
    events.emit('ledger.changed', { mailboxId });
  };
  const since = async () => {
    const { quarantineDays } = await store.call('settings.get', undefined);
    return quarantineDays === null ? null : now() - quarantineDays * day;
  };
  const onDesk = async () => {
    const counts = await store.call('quarantine.counts', { mailboxId: null, since: await since() });
    return Object.values(counts).reduce((sum, n) => sum + n, 0);
  };
  /** Tries letters again; answers how many left the desk. */
  const retry = async (messageIds: MessageId[] | null, signal: AbortSignal) => {
    const before = await onDesk();
    const { mailboxIds } = await store.call('quarantine.release', { messageIds, since: await since() });
    for (const mailboxId of mailboxIds) {
      await store.call('letters.settle', { mailboxId }, signal);
      await parts.sort(mailboxId, signal);
    }
    changed(null);
    const left = await onDesk();
    return { released: Math.max(before - left, 0), left };
  };

  return {
    'quarantine.list': async (question) => store.call('quarantine.list', { ...question, since: await since() }),
    'quarantine.counts': async (question) => store.call('quarantine.counts', { ...question, since: await since() }),
    'quarantine.retry': ({ messageIds }, signal) => retry(messageIds, signal),
    'quarantine.allowSender': async ({ messageId, templateId }, signal) => {
      const { summary } = await store.call('letters.get', { messageId });
      const address = summary.from?.address.toLowerCase() ?? '';
      if (address === '') throw new AppError('state.conflict');
      const entry = await store.call('ledger.entryOf', { messageId });
      if (entry.status !== 'quarantined') throw new AppError('state.conflict');
      if (entry.why === 'suspected-sender') await store.call('senders.trust', { address });
      else if (templateId === null) throw new AppError('template.unknown');
      else await parts.allow(address, templateId);
      const { released } = await retry(null, signal);
      return { released };
    },
    'quarantine.dismiss': async (question) => {
      const done = await store.call('quarantine.dismiss', question);
      changed(null);
      return done;
    },
    'quarantine.fetchAnyway': async ({ messageId }, signal) => {
      const { mailboxId } = await store.call('ledger.entryOf', { messageId });
      const open = () => parts.session.openIncoming(mailboxId, signal);
      await fetchAnyway(messageId, { store, open }, signal);
      await store.call('letters.settle', { mailboxId }, signal);
      await parts.sort(mailboxId, signal);
      changed(mailboxId);
      events.emit('mail.changed', { mailboxId });
    },
  };
}
