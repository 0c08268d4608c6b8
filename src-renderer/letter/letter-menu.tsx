import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';

/** What can be done with any letter. */
export function LetterMenu({ messageId }: { readonly messageId: MessageId }) {
  const t = useText();
  const saving = useAction('mail.saveLetter', {
    onSuccess: (saved) => {
      if (saved) notifications.show({ message: t('letter.saved', { path: saved.path }), color: 'teal' });
    },
    onError: (error) => {
      const { what, advice } = errorSentence(t, error);
      notifications.show({ title: what, message: advice, color: 'red' });
    },
  });
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={14} aria-hidden />}
      loading={saving.pending}
      onClick={() => saving.run({ messageId })}
    >
      {t('letter.save')}
    </Button>
  );
}
