import { Button, Text } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import type { ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { useText } from '../i18n/i18n.tsx';
import { AuthorityDialog } from '../trust/authority-dialog.tsx';
import { CertificateFacts } from '../trust/certificate-facts.tsx';
import classes from './certificate-card.module.css';

export interface CertificateCardProps {
  readonly certificate: ForeignCertificate;
  /** Whose certificate it is. */
  readonly host: string;
  /** It lacks nothing but somebody to vouch for whoever has signed it. */
  readonly lacksAuthority: boolean;
  readonly onAccept: () => void;
  /** Whoever issued it is trusted for this host now. */
  readonly onTrusted: () => void;
}

/** A certificate that the system does not trust, with what a person needs to decide about it. */
export function CertificateCard(props: CertificateCardProps) {
  const { certificate, host, lacksAuthority, onAccept, onTrusted } = props;
  const t = useText();
  const [choosing, setChoosing] = useState(false);
  return (
    <section className={classes.card} aria-label={t('certificate.title')}>
      <div className={classes.title}>
        <IconCertificate size={18} aria-hidden />
        <Text fw={500}>{t('certificate.title')}</Text>
      </div>
      <CertificateFacts certificate={certificate} />
      <Text fz={13} c="dimmed">
        {t('certificate.lead')}
      </Text>
      <div>
        <Button variant="default" onClick={onAccept}>
          {t('certificate.accept')}
        </Button>
      </div>
      {lacksAuthority && (
        <>
          <Text fz={13} c="dimmed">
            {t('authority.offer')}
          </Text>
          <div>
            <Button variant="default" className={classes.long} onClick={() => setChoosing(true)}>
              {t('authority.trust', { host })}
            </Button>
          </div>
        </>
      )}
      {choosing && (
        <AuthorityDialog
          host={host}
          onClose={() => setChoosing(false)}
          onTrusted={() => {
            setChoosing(false);
            onTrusted();
          }}
        />
      )}
    </section>
  );
}
