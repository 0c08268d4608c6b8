import { Button, Text } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './certificate-card.module.css';

/** A certificate that the system does not trust, with what a person needs to decide about it. */
export function CertificateCard(props: { readonly certificate: ForeignCertificate; readonly onAccept: () => void }) {
  const { certificate, onAccept } = props;
  const t = useText();
  const format = useFormats();
  const facts = [
    [t('certificate.subject'), certificate.subject],
    [t('certificate.issuer'), certificate.issuer],
    [
      t('certificate.valid'),
      t('certificate.validRange', {
        from: format.calendarDay(certificate.validFrom),
        to: format.calendarDay(certificate.validTo),
      }),
    ],
    [t('certificate.fingerprint'), <Fingerprint key="sha256" sha256={certificate.sha256} />],
  ] as const;
  return (
    <section className={classes.card} aria-label={t('certificate.title')}>
      <div className={classes.title}>
        <IconCertificate size={18} aria-hidden />
        <Text fw={500}>{t('certificate.title')}</Text>
      </div>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text fz={13} c="dimmed">
        {t('certificate.lead')}
      </Text>
      <div>
        <Button variant="default" onClick={onAccept}>
          {t('certificate.accept')}
        </Button>
      </div>
    </section>
  );
}

/** As administrators read it out: AB:CD:…, and broken only between two bytes. */
function Fingerprint({ sha256 }: { readonly sha256: string }) {
  const bytes = sha256.toUpperCase().match(/../g) ?? [];
  return bytes.map((byte, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the bytes of one number, which never changes.
    <Fragment key={at}>
      {at > 0 && (
        <>
          :<wbr />
        </>
      )}
      {byte}
    </Fragment>
  ));
}
