import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import {
  IconDots,
  IconMail,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnected,
  IconRefresh,
  IconSettings,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { isReceiving } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { isRunning, type MailboxState } from '../ipc/use-mailbox-states.ts';
import { CheckDialog } from '../mailbox/check-dialog.tsx';
import { useErrorNotice } from '../mailbox/use-error-notice.tsx';
import { useLoadNow } from '../mailbox/use-load-now.ts';
import { RemoveDialog } from './remove-dialog.tsx';

export interface MailboxMenuProps {
  readonly state: MailboxState;
  /** On the mailbox's own page it leads nowhere. */
  readonly withOpen?: boolean;
  readonly onRemoved?: () => void;
}

/** Everything that can be done with a mailbox. */
export function MailboxMenu({ state, withOpen = true, onRemoved }: MailboxMenuProps) {
  const t = useText();
  const navigate = useNavigate();
  const [checking, check] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  const { mailbox } = state;
  const { id: mailboxId } = mailbox;
  const loads = isReceiving(mailbox);
  const tellError = useErrorNotice();
  const { loadNow } = useLoadNow();
  const cancel = useAction('loading.cancel', { onError: tellError });
  const setEnabled = useAction('mailboxes.setEnabled', { onError: tellError });
  return (
    <>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon aria-label={t('mailboxes.actions', { name: mailbox.settings.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {withOpen && (
            <Menu.Item
              leftSection={<IconSettings size={16} />}
              onClick={() => void navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId } })}
            >
              {t('mailbox.action.open')}
            </Menu.Item>
          )}
          {loads && (
            <Menu.Item
              leftSection={<IconMail size={16} />}
              onClick={() => void navigate({ to: '/mail', search: { mailbox: mailboxId } })}
            >
              {t('mailbox.action.mail')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={check.open}>
            {t('mailbox.action.check')}
          </Menu.Item>
          {!loads ? null : isRunning(state) ? (
            <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={() => cancel.run({ mailboxId })}>
              {t('mailbox.action.stop')}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconRefresh size={16} />}
              disabled={!mailbox.enabled}
              onClick={() => loadNow(mailboxId)}
            >
              {t('mailbox.action.load')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={mailbox.enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
            onClick={() => setEnabled.run({ mailboxId, enabled: !mailbox.enabled })}
          >
            {t(mailbox.enabled ? 'mailbox.action.disable' : 'mailbox.action.enable')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item c="var(--mr-bad)" leftSection={<IconTrash size={16} />} onClick={remove.open}>
            {t('mailbox.action.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {checking && <CheckDialog mailbox={mailbox} onClose={check.close} />}
      {removing && (
        <RemoveDialog
          mailbox={mailbox}
          onClose={remove.close}
          onRemoved={() => {
            remove.close();
            notifications.show({ message: t('mailbox.removed', { name: mailbox.settings.name }) });
            onRemoved?.();
          }}
        />
      )}
    </>
  );
}
