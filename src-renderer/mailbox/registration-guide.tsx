import { Text } from '@mantine/core';
import { isGraphUse, type MailUse, microsoftPermissions } from '../../src-shared/domain/mail-uses.ts';
import { type OAuthSettings, registeredRedirect } from '../../src-shared/domain/oauth.ts';
import { useText } from '../i18n/i18n.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import classes from './registration-guide.module.css';

export interface RegistrationGuideProps {
  readonly oauth: OAuthSettings;
  /** What the mailbox is opened by: permissions are named for that alone. */
  readonly uses: readonly MailUse[];
}

/** How the company registers its own application with the provider (R20, R106), and what address to enter there. */
export function RegistrationGuide({ oauth, uses }: RegistrationGuideProps) {
  const t = useText();
  const { authority, flow } = oauth;
  const permissions = microsoftPermissions(uses, flow).join(', ');
  const steps = t(`providerSignIn.steps.${authority === 'microsoft' ? microsoftGuide(oauth, uses) : authority}`, {
    permissions,
  });
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

/** An application is let into mailboxes in another way for each service. */
function microsoftGuide({ flow }: OAuthSettings, uses: readonly MailUse[]) {
  if (flow === 'interactive') return 'microsoft';
  if (uses.some(isGraphUse)) return 'microsoft.application.graph';
  return uses.includes('ews') ? 'microsoft.application.ews' : 'microsoft.application';
}
