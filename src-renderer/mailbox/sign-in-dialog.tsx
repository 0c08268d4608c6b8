import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { isReceiving, mainServerOf } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface SignInDialogProps {
  readonly mailbox: Mailbox;
  readonly onClose: () => void;
}

/** Another password, tried before it is kept: a wrong one is not repeated at the server until the account is locked. */
export function SignInDialog({ mailbox, onClose }: SignInDialogProps) {
  const t = useText();
  const [password, setPassword] = useState('');
  const server = mainServerOf(mailbox.settings);
  const draft: MailboxDraft = {
    settings: mailbox.settings,
    password,
    outgoingPassword: null,
    mailboxId: mailbox.id,
  };
  const save = useAction('mailboxes.update', {
    onSuccess: () => {
      notifications.show({ message: t('signIn.saved', { name: mailbox.settings.name }) });
      onClose();
    },
  });
  const keep = () => save.run({ draft, confirmed: false });
  const check = useAction('mailboxes.check', { cancelOnLeave: true, onSuccess: ({ ok }) => ok && keep() });
  const running = check.pending || save.pending;
  const failed = check.pending ? undefined : check.value?.steps.find(({ problem }) => problem !== null);
  const asked = isReceiving(mailbox) ? 'sign-in' : 'smtp-sign-in';
  const refused = failed?.problem?.code === 'auth.rejected' && failed.name === asked;
  return (
    <Modal
      opened
      onClose={onClose}
      size={480}
      title={t('signIn.title', { name: mailbox.settings.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== '' && !running) check.run({ draft });
        }}
      >
        <Stack gap="lg">
          <Text fz={13} c="dimmed">
            {t('signIn.lead', { login: server.login, host: server.host })}
          </Text>
          <PasswordInput
            data-autofocus
            label={t('mailboxPage.newPassword')}
            description={t('wizard.signIn.passwordHint')}
            value={password}
            onChange={({ currentTarget }) => {
              setPassword(currentTarget.value);
              check.reset();
            }}
            autoComplete="new-password"
          />
          {failed?.problem && (
            <ErrorNotice
              error={failed.problem}
              details={`${failed.name} ${failed.seen}`.trim()}
              {...(refused ? {} : { action: { label: t('signIn.saveUnchecked'), run: keep, pending: save.pending } })}
            />
          )}
          {(check.error ?? save.error) && (
            <ErrorNotice error={(check.error ?? save.error) as NonNullable<typeof save.error>} />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={running} disabled={password === ''}>
              {t('signIn.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
