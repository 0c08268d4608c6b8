import { Input, SegmentedControl, Text } from '@mantine/core';
import { type MailboxUse, mailboxUses } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import classes from './use-field.module.css';

export interface UseFieldProps {
  readonly value: MailboxUse;
  readonly onChange: (value: MailboxUse) => void;
  /** It loaded letters until now: what becomes of them is said. */
  readonly hasLoaded?: boolean;
}

/** What the mailbox is for. The words below are those of the choice; of the usual one there is nothing to say. */
export function UseField({ value, onChange, hasLoaded = false }: UseFieldProps) {
  const t = useText();
  return (
    <div>
      <Input.Label component="span">{t('use.label')}</Input.Label>
      <SegmentedControl
        fullWidth
        size="xs"
        classNames={{ control: classes.control ?? '', label: classes.label ?? '' }}
        aria-label={t('use.label')}
        value={value}
        onChange={(next) => onChange(next as MailboxUse)}
        data={mailboxUses.map((use) => ({ value: use, label: t(`use.${use}`) }))}
      />
      {value !== 'both' && (
        <Text fz={12} c="dimmed" mt={4} role="note">
          {t(`use.${value}.text`)} {value === 'sends' && hasLoaded && t('use.sends.keeps')}
        </Text>
      )}
    </div>
  );
}
