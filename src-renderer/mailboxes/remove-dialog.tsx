import { Switch, Text } from '@mantine/core';
import { useState } from 'react';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Confirm } from '../ui/confirm.tsx';

export interface RemoveDialogProps {
  readonly mailbox: Mailbox;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** What goes, how many, and whether what was loaded stays. */
export function RemoveDialog({ mailbox, onClose, onRemoved }: RemoveDialogProps) {
  const t = useText();
  const [keepMail, setKeepMail] = useState(true);
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
  const letters = useQuery('mail.count', { scope }).data?.total;
  const remove = useAction('mailboxes.remove', { onSuccess: onRemoved });
  return (
    <Confirm
      opened
      title={t('mailbox.remove.title', { name: mailbox.settings.name })}
      text={t('mailbox.remove.text')}
      verb={t('mailbox.remove.verb')}
      danger
      pending={remove.pending}
      error={remove.error}
      onConfirm={() => remove.run({ mailboxId: mailbox.id, keepMail })}
      onCancel={onClose}
    >
      {letters !== undefined && letters > 0 && (
        <div>
          <Switch
            label={t('mailbox.remove.keep', { count: letters })}
            checked={keepMail}
            onChange={({ currentTarget }) => setKeepMail(currentTarget.checked)}
          />
          {!keepMail && (
            <Text fz={13} c="var(--mr-bad)" mt={8} role="status">
              {t('mailbox.remove.drop', { count: letters })}
            </Text>
          )}
        </div>
      )}
    </Confirm>
  );
}
