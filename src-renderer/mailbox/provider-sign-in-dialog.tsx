import { Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { BrowserSignIn } from './browser-sign-in.tsx';

export interface ProviderSignInDialogProps {
  readonly mailbox: Mailbox;
  readonly onClose: () => void;
}

/** Signs in at the provider again; what comes of it is kept at once, and loading goes on. */
export function ProviderSignInDialog({ mailbox, onClose }: ProviderSignInDialogProps) {
  const t = useText();
  const { id: mailboxId, settings } = mailbox;
  const draft: MailboxDraft = { settings, password: null, outgoingPassword: null, mailboxId };
  const save = useAction('mailboxes.update', {
    onSuccess: () => {
      notifications.show({ message: t('providerSignIn.saved', { name: settings.name }) });
      onClose();
    },
  });
  const keep = (signInId: string) => {
    const providerSignIn = { signInId, clientSecret: null, secretOf: null };
    save.run({ draft: { ...draft, providerSignIn }, confirmed: false });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t('signIn.title', { name: settings.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        <Text fz={13} c="dimmed">
          {t('providerSignIn.dialogLead')}
        </Text>
        <BrowserSignIn
          draft={draft}
          atOnce
          signedIn={null}
          onSignedIn={({ signInId }) => keep(signInId)}
          onMissing={onClose}
        />
        {save.error && <ErrorNotice error={save.error} />}
      </Stack>
    </Modal>
  );
}
