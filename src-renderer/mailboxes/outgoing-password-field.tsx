import { PasswordInput } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';

export interface OutgoingPasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** For submission servers that have a password of their own. */
export function OutgoingPasswordField({ value, onChange }: OutgoingPasswordFieldProps) {
  const t = useText();
  return (
    <PasswordInput
      label={t('mailboxPage.outgoingPassword')}
      description={t('mailboxPage.outgoingPasswordHint')}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      autoComplete="new-password"
    />
  );
}
