import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { OldEncryption } from '../../src-shared/domain/old-encryption.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { AllowOldEncryption } from '../trust/allow-old-encryption.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './authorities-card.module.css';

/** The servers with which TLS before 1.2 may be spoken; taken back in one click, since that is the safe way. */
export function OldEncryptionCard() {
  const t = useText();
  const allowed = useQuery('oldEncryption.list');
  const [adding, setAdding] = useState(false);
  const forbid = useAction('oldEncryption.forbid');
  const error = allowed.error ?? forbid.error;
  const hosts = allowed.data ?? [];
  return (
    <Card
      title={t('oldEncryption.title')}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('oldEncryption.add')}
        </Button>
      }
    >
      {allowed.data && (
        <Text fz={13} c="dimmed">
          {t(hosts.length === 0 ? 'oldEncryption.none' : 'oldEncryption.lead')}
        </Text>
      )}
      {error && <ErrorNotice error={error} />}
      {hosts.length > 0 && (
        <ul className={classes.rows} aria-label={t('oldEncryption.title')}>
          {hosts.map((one) => (
            <Row key={one.host} allowed={one} onForbid={() => forbid.run({ host: one.host })} />
          ))}
        </ul>
      )}
      <AllowOldEncryption
        opened={adding}
        host={null}
        onClose={() => setAdding(false)}
        onAllowed={() => setAdding(false)}
      />
    </Card>
  );
}

function Row({ allowed, onForbid }: { readonly allowed: OldEncryption; readonly onForbid: () => void }) {
  const t = useText();
  const format = useFormats();
  const { host, allowedAt } = allowed;
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.host}>{host}</p>
        <StateBadge tone="late" word={t('oldEncryption.since', { day: format.calendarDay(allowedAt) })} />
      </div>
      <ActionIcon onClick={onForbid} aria-label={t('oldEncryption.forbid', { host })}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  );
}
