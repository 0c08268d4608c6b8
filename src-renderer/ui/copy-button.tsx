import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';

/** Copies a text and says that it did. */
export function CopyButton({ value }: { readonly value: string }) {
  const t = useText();
  const { copied, copy } = useClipboard();
  const label = copied ? t('action.copied') : t('action.copy');
  return (
    <Tooltip label={label}>
      <ActionIcon onClick={() => copy(value)} aria-label={label} size={24}>
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
