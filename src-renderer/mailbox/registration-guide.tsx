import { Text } from '@mantine/core';
import { type OAuthSettings, registeredRedirect } from '../../src-shared/domain/oauth.ts';
import { useText } from '../i18n/i18n.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './registration-guide.module.css';

/** How the company registers its own application with the provider (R20, R106), and what address to enter there. */
export function RegistrationGuide({ oauth }: { readonly oauth: OAuthSettings }) {
  const t = useText();
  const { authority, flow } = oauth;
  const application = authority === 'microsoft' && flow === 'application';
  const steps = t(application ? 'providerSignIn.steps.microsoft.application' : `providerSignIn.steps.${authority}`);
  const redirect = registeredRedirect(oauth);
  return (
    <section className={classes.guide}>
      <Text fz={13} fw={500}>
        {t('providerSignIn.guide')}
      </Text>
      <ol>
        {steps.split('\n').map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {flow === 'interactive' && authority !== 'google' && (
        <div className={classes.redirect}>
          <span>{t('providerSignIn.redirect', { address: redirect })}</span>
          <CopyButton value={redirect} />
        </div>
      )}
    </section>
  );
}
