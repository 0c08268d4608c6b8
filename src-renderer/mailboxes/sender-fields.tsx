import { Stack, Text, TextInput } from '@mantine/core';
import type { SenderIdentity } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import type { FormProblems } from './mailbox-form-problems.ts';

export interface SenderFieldsProps {
  readonly value: SenderIdentity;
  readonly onChange: (value: SenderIdentity) => void;
  readonly problems: FormProblems;
  /** Another mailbox sends: what is empty is taken from it. */
  readonly byOther?: boolean;
}

/** R48–R51: who answers are from. All three, or nothing is sent; each missing one says so. */
export function SenderFields({ value, onChange, problems, byOther = false }: SenderFieldsProps) {
  const t = useText();
  const missing = (text: string) => (text.trim() === '' && !byOther ? t('sender.missing') : undefined);
  return (
    <>
      <Text fz={13} c="dimmed" mb="md">
        {t(byOther ? 'sender.byOther' : 'sender.needed')}
      </Text>
      <Stack gap="md" maw={560}>
        <TextInput
          label={t('sender.name')}
          description={missing(value.fromName)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value.fromName}
          onChange={({ currentTarget }) => onChange({ ...value, fromName: currentTarget.value })}
          maxLength={200}
        />
        <TextInput
          label={t('sender.from')}
          type="email"
          description={missing(value.fromAddress)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value.fromAddress}
          onChange={({ currentTarget }) => onChange({ ...value, fromAddress: currentTarget.value.trim() })}
          error={problems.fromAddress && t(problems.fromAddress)}
        />
        <TextInput
          label={t('sender.replyTo')}
          type="email"
          description={missing(value.replyTo)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value.replyTo}
          onChange={({ currentTarget }) => onChange({ ...value, replyTo: currentTarget.value.trim() })}
          error={problems.replyTo && t(problems.replyTo)}
        />
      </Stack>
    </>
  );
}
