import { Button, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
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
  const keep = (signInId: string, signInAs: string) => {
    const providerSignIn = { signInId, clientSecret: null, secretOf: null };
    const oauth = settings.oauth && { ...settings.oauth, signInAs };
    save.run({ draft: { ...draft, settings: { ...settings, oauth }, providerSignIn }, confirmed: false });
  };
  // Letters of another mailbox than before would be marked, moved or deleted.
  const unconfirmed = isAppError(save.error, 'mailbox.not-confirmed') ? save.input : undefined;
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
          onSignedIn={({ signInId }, signInAs) => keep(signInId, signInAs)}
          onMissing={onClose}
        />
        {unconfirmed && (
          <Stack gap="sm" align="flex-start" role="alert">
            <Text fz={13} c="var(--mr-late)">
              {t('providerSignIn.effects', { address: settings.address })}
            </Text>
            <Button color="red.8" onClick={() => save.run({ ...unconfirmed, confirmed: true })}>
              {t('providerSignIn.effectsConfirm')}
            </Button>
          </Stack>
        )}
        {save.error && !unconfirmed && <ErrorNotice error={save.error} />}
      </Stack>
    </Modal>
  );
}
