import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { isTroubled } from '../../src-shared/domain/mailbox-health.ts';
import { useText } from '../i18n/i18n.tsx';
import type { MailboxState } from '../ipc/use-mailbox-states.ts';
import { useFormats } from '../ui/use-formats.ts';

/** Since when it fails, when it was loaded last, when it is tried again: as far as there is something to say. */
export function useConditionFacts({ mailbox, progress, condition }: MailboxState): readonly string[] {
  const t = useText();
  const format = useFormats();
  const { since, needsPerson } = condition;
  const loadedAt = progress?.lastLoadedAt ?? null;
  const nextAt = needsPerson || !isTroubled(condition) ? null : (progress?.nextAttemptAt ?? null);
  return [
    since === null ? null : t('health.began', { time: format.timeAgo(since) }),
    !isReceiving(mailbox)
      ? t('mailbox.onlySends')
      : loadedAt === null
        ? t('today.neverLoaded')
        : t('today.loadedAgo', { time: format.timeAgo(loadedAt) }),
    nextAt === null ? null : t('mailbox.nextAttempt', { time: format.timeAgo(nextAt) }),
  ].filter((fact) => fact !== null);
}
