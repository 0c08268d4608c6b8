import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { subscribe } from '../ipc/ipc.ts';
import { useCaughtUpWords } from '../mailbox/use-caught-up-words.ts';

/** What was missed while a mailbox could not be loaded is said wherever one is when it has come. */
export function useCaughtUpNotice(): void {
  const t = useText();
  const words = useCaughtUpWords();
  useEffect(
    () =>
      subscribe('loading.finished', ({ mailboxId, mailboxName, caughtUp }) => {
        if (!caughtUp) return;
        notifications.show({
          id: `caught-up-${mailboxId}`,
          title: t('caughtUp.title', { name: mailboxName }),
          message: words(caughtUp, Date.now()),
        });
      }),
    [t, words],
  );
}
