import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { oneHostSchema } from '../../src-shared/domain/host-pattern.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Confirm } from '../ui/confirm.tsx';

export interface AllowOldEncryptionProps {
  readonly opened: boolean;
  /** The server it is about; null: to be typed. */
  readonly host: string | null;
  readonly onClose: () => void;
  readonly onAllowed: () => void;
}

/** TLS before 1.2 for one server, with what that means in view. */
export function AllowOldEncryption({ opened, host, onClose, onAllowed }: AllowOldEncryptionProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const [tried, setTried] = useState(false);
  const allow = useAction('oldEncryption.allow', {
    onSuccess: () => {
      setTyped('');
      setTried(false);
      onAllowed();
    },
  });
  const wanted = host ?? typed;
  const fits = oneHostSchema.safeParse(wanted).success;
  return (
    <Confirm
      opened={opened}
      title={t('oldEncryption.askTitle')}
      text={t('oldEncryption.warning')}
      verb={t('oldEncryption.allow')}
      danger
      pending={allow.pending}
      error={allow.error}
      onConfirm={() => {
        setTried(true);
        if (fits) allow.run({ host: wanted });
      }}
      onCancel={onClose}
    >
      {host === null ? (
        <TextInput
          label={t('oldEncryption.host')}
          placeholder="mail.company.example"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          error={tried && !fits ? t('oldEncryption.hostInvalid') : null}
          spellCheck={false}
          maxLength={255}
        />
      ) : (
        <Stack gap={2}>
          <Text fz={13} c="dimmed">
            {t('oldEncryption.host')}
          </Text>
          <Text style={{ overflowWrap: 'anywhere' }}>{host}</Text>
        </Stack>
      )}
    </Confirm>
  );
}
