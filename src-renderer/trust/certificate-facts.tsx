import { Fragment } from 'react';
import type { AuthorityFacts } from '../../src-shared/domain/certificate-authority.ts';
import { useText } from '../i18n/i18n.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './certificate-facts.module.css';

/** What a person compares before trusting a certificate, or whoever issued it. */
export function CertificateFacts({ certificate }: { readonly certificate: AuthorityFacts }) {
  const t = useText();
  const format = useFormats();
  const { subject, issuer, sha256, validFrom, validTo } = certificate;
  const days = { from: format.calendarDay(validFrom), to: format.calendarDay(validTo) };
  const facts = [
    [t('certificate.subject'), subject],
    [t('certificate.issuer'), issuer],
    [t('certificate.valid'), t('certificate.validRange', days)],
    [t('certificate.fingerprint'), <Fingerprint key="sha256" sha256={sha256} />],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd data-selectable>{value}</dd>
        </div>
      ))}
    </dl>
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
