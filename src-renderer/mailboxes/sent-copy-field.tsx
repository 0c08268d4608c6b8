import { Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { type SentCopy, sentCopySchema } from '../../src-shared/domain/sent-copy.ts';
import { useText } from '../i18n/i18n.tsx';

export interface SentCopyFieldProps {
  readonly value: SentCopy;
  readonly onChange: (value: SentCopy) => void;
}

/** Who puts what was sent into the Sent folder; the words below are those of the choice. */
export function SentCopyField({ value, onChange }: SentCopyFieldProps) {
  const t = useText();
  return (
    <Stack gap={6} mt="md" maw={560}>
      <Input.Label>{t('sentCopy.label')}</Input.Label>
      <SegmentedControl
        value={value}
        onChange={(next) => onChange(sentCopySchema.parse(next))}
        data={sentCopySchema.options.map((choice) => ({ value: choice, label: t(`sentCopy.${choice}`) }))}
        aria-label={t('sentCopy.label')}
      />
      <Text fz={13} c="dimmed">
        {t(`sentCopy.${value}.text`)}
      </Text>
    </Stack>
  );
}
