import type { LoadLook } from '../../../src-shared/domain/loading.ts';
import type { MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';

type Afterwards = MailboxSettings['afterwards'];

/** What the button does, in numbers; null where nothing happens on the server: it keeps its own word then. */
export function effectVerb(t: Translate, afterwards: Afterwards, look: LoadLook): string | null {
  switch (afterwards.kind) {
    case 'leave':
      return null;
    case 'mark-read':
      return verb(t, 'mark', look.toMark);
    case 'move':
      return verb(t, 'move', look.toMove);
    case 'delete':
      return afterwards.afterDays === 0
        ? verb(t, 'delete', look.toDelete)
        : t(look.toDelete === 0 ? 'look.verb.deleteLater.none' : 'look.verb.deleteLater', {
            count: look.toDelete,
            days: t('span.days', { count: afterwards.afterDays }),
          });
  }
}

function verb(t: Translate, kind: 'mark' | 'move' | 'delete', count: number): string {
  // Nothing there yet: what is confirmed is what comes.
  return count === 0 ? t(`look.verb.${kind}.none`) : t(`look.verb.${kind}`, { count });
}

export function isDangerous({ afterwards }: Pick<MailboxSettings, 'afterwards'>): boolean {
  return afterwards.kind === 'delete';
}

/** Days that the load takes where the provider lets less through in a day; null where that is not known, one where it fits. */
export function daysByLimit({ bytes, providerMbPerDay }: LoadLook): number | null {
  return providerMbPerDay === null ? null : Math.max(1, Math.ceil(bytes / (providerMbPerDay * 1_000_000)));
}

/** The most that would happen on the server, when, and what becomes of letters in quarantine; empty where nothing happens. */
export function effectSentences(t: Translate, { afterwards }: MailboxSettings, look: LoadLook): readonly string[] {
  switch (afterwards.kind) {
    case 'leave':
      return [];
    case 'mark-read':
      return [t('look.effect.mark', { count: look.toMark }), t('look.effect.when'), t('look.effect.quarantine')];
    case 'move':
      return [
        t('look.effect.move', { count: look.toMove, folder: afterwards.done }),
        t('look.effect.when'),
        afterwards.failed === null
          ? t('look.effect.quarantine')
          : t('look.effect.quarantineMove', { folder: afterwards.failed }),
      ];
    case 'delete':
      return [deletion(t, afterwards.afterDays, look.toDelete), t('look.effect.when'), t('look.effect.quarantine')];
  }
}

function deletion(t: Translate, afterDays: number, count: number): string {
  if (afterDays === 0) return t('look.effect.delete', { count });
  return t('look.effect.deleteLater', { count, days: t('span.days', { count: afterDays }) });
}
