import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCloudDownload } from '@tabler/icons-react';
import type { MessageSummary } from '../../src-shared/domain/message.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useFormats } from '../ui/use-formats.ts';

/** Fetches a letter that was left on the server for its size; says how much that is, and can be called off. */
export function LoadWhole({ letter }: { readonly letter: MessageSummary }) {
  const t = useText();
  const format = useFormats();
  const fetching = useAction('quarantine.fetchAnyway', {
    onSuccess: () => void notifications.show({ message: t('quarantine.fetched'), color: 'teal' }),
    onError: (error) => {
      const { what, advice } = errorSentence(t, error);
      notifications.show({ title: what, message: advice, color: 'red', autoClose: false });
    },
  });
  const sign = <IconCloudDownload size={16} aria-hidden />;
  return fetching.pending ? (
    <Button variant="default" leftSection={sign} onClick={fetching.cancel}>
      {t('action.cancel')}
    </Button>
  ) : (
    <Button leftSection={sign} onClick={() => fetching.run({ messageId: letter.id })}>
      {t('quarantine.fetchAnyway', { size: format.byteSize(letter.size) })}
    </Button>
  );
}
