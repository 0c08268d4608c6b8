import { Tooltip } from '@mantine/core';
import { IconLockOpen2 } from '@tabler/icons-react';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { StateBadge } from './state-badge.tsx';

/** D5: a mailbox reached without encryption is marked wherever it is shown. Nothing for the others. */
export function PlaintextMark({ settings }: { readonly settings: MailboxSettings }) {
  const t = useText();
  if (endpointsOf(settings).every(({ encryption }) => encryption !== 'none')) return null;
  return (
    <Tooltip label={t('mailbox.plaintextHint')} multiline maw={320}>
      <span>
        <StateBadge tone="late" icon={IconLockOpen2} word={t('mailbox.plaintext')} />
      </span>
    </Tooltip>
  );
}
