import { ActionIcon, Button, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { CertificateAuthority } from '../../src-shared/domain/certificate-authority.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { AuthorityDialog } from '../trust/authority-dialog.tsx';
import { CertificateFacts } from '../trust/certificate-facts.tsx';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import classes from './authorities-card.module.css';

/** Whom the console trusts besides the system, each for its host alone. */
export function AuthoritiesCard() {
  const t = useText();
  const authorities = useQuery('authorities.list');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<CertificateAuthority | null>(null);
  return (
    <Card
      title={t('authority.title')}
      aside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('authority.add')}
        </Button>
      }
    >
      <Text fz={13} c="dimmed">
        {t('authority.lead')}
      </Text>
      {authorities.error && <ErrorNotice error={authorities.error} />}
      {authorities.isPending && <RowSkeletons rows={1} height={60} />}
      {authorities.data?.length === 0 && (
        <Text fz={13} mt="sm">
          {t('authority.none')}
        </Text>
      )}
      {authorities.data && authorities.data.length > 0 && (
        <ul className={classes.rows} aria-label={t('authority.title')}>
          {authorities.data.map((authority) => (
            <li key={authority.id} className={classes.row}>
              <div className={classes.words}>
                <p className={classes.host}>{t('authority.forHost', { host: authority.host })}</p>
                <CertificateFacts certificate={authority} />
              </div>
              <ActionIcon
                onClick={() => setRemoving(authority)}
                aria-label={t('authority.remove', { subject: authority.subject, host: authority.host })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {adding && <AuthorityDialog host="" onClose={() => setAdding(false)} onTrusted={() => setAdding(false)} />}
      <RemoveAuthority authority={removing} onClose={() => setRemoving(null)} />
    </Card>
  );
}

interface RemoveAuthorityProps {
  readonly authority: CertificateAuthority | null;
  readonly onClose: () => void;
}

function RemoveAuthority({ authority, onClose }: RemoveAuthorityProps) {
  const t = useText();
  const removing = useAction('authorities.remove', { onSuccess: onClose });
  const [shown, setShown] = useState(authority);
  if (authority && authority !== shown) setShown(authority);
  return (
    <Confirm
      opened={authority !== null}
      title={t('authority.removeTitle')}
      text={t('authority.removeText', { subject: shown?.subject ?? '', host: shown?.host ?? '' })}
      verb={t('authority.removeDo')}
      danger
      pending={removing.pending}
      error={removing.error}
      onConfirm={() => {
        if (authority) removing.run({ authorityId: authority.id });
      }}
      onCancel={onClose}
    />
  );
}
