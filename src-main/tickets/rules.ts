import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { ticketsContract } from '../../src-shared/contract/tickets.ts';
import type { TemplateId } from '../../src-shared/domain/ids.ts';
import { parseSenderPattern, type SenderPattern } from '../../src-shared/domain/sender-pattern.ts';
import { isComplete } from '../../src-shared/domain/ticket.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Events } from '../events/events.ts';
import type { Store } from '../store/store.ts';
import { toAddressLike } from './match-sender.ts';

type RuleMethods = Extract<keyof typeof ticketsContract.methods, `templates.${string}` | `senders.${string}`>;

/** Templates, and the senders whose letters become tickets by them. */
export function ruleHandlers(
  store: Store,
  events: Events,
  sortAll: () => Promise<void>,
): Pick<Handlers<typeof ticketsContract>, RuleMethods> {
  const changed = <T>(value: T): T => {
    events.emit('rules.changed', {});
    return value;
  };
  const findTemplate = async (templateId: TemplateId) => {
    const template = (await store.call('templates.list', undefined)).find(({ id }) => id === templateId);
    if (!template) throw new AppError('template.unknown');
    return template;
  };

  return {
    'templates.list': () => store.call('templates.list', undefined),
    'templates.save': async ({ templateId, settings }) => {
      // D7 holds for a template in use as well: its sender entries would make tickets without object and kind of work.
      if (templateId !== null && !isComplete(settings) && (await findTemplate(templateId)).usedBy > 0)
        throw new AppError('template.incomplete', { name: settings.name });
      return changed(await store.call('templates.put', { templateId, settings, demo: false }));
    },
    'templates.remove': async ({ templateId }) => changed(await store.call('templates.remove', { templateId })),

    'senders.list': () => store.call('senders.list', undefined),
    'senders.save': async ({ senderEntryId, settings, loadedToo }) => {
      const pattern = spelling(settings.pattern);
      const template = await findTemplate(settings.templateId);
      if (!isComplete(template.settings)) throw new AppError('template.incomplete', { name: template.settings.name });
      const entry = { senderEntryId, settings: { ...settings, pattern }, demo: false };
      const saved = changed(await store.call('senders.put', entry));
      if (!loadedToo) return saved;
      // Marked first: should the program end here, the next sorting does the rest.
      for (const addressLike of addressForms(settings.pattern)) {
        await store.call('sorting.reconsider', { addressLike, mailboxId: settings.mailboxId });
      }
      await sortAll();
      return saved;
    },
    'senders.remove': async ({ senderEntryId }) => changed(await store.call('senders.remove', { senderEntryId })),
    'senders.preview': async ({ pattern, mailboxId }) => {
      const total = { letters: 0, senders: 0 };
      for (const addressLike of addressForms(pattern)) {
        const { letters, senders } = await store.call('sorting.countSenders', { addressLike, mailboxId });
        total.letters += letters;
        total.senders += senders;
      }
      return total;
    },
  };
}

/** Kept as typed but for case: people read `почта.рф`, not its ASCII form. */
function spelling(pattern: string): string {
  parseSenderPattern(pattern);
  return pattern.trim().toLowerCase();
}

/** Letters hold a domain of other scripts in either form, and those are different letters: both are meant. */
function addressForms(pattern: string): ReadonlySet<string> {
  const parsed = parseSenderPattern(pattern);
  return new Set([parsed, asTyped(pattern, parsed)].map(toAddressLike));
}

function asTyped(pattern: string, parsed: SenderPattern): SenderPattern {
  const typed = pattern.trim().toLowerCase();
  if (parsed.kind === 'exact') return { kind: 'exact', address: typed };
  return parsed.kind === 'domain' ? { kind: 'domain', domain: typed.slice(2) } : parsed;
}
