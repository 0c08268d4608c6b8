import { Button, Collapse, Group, PasswordInput, SegmentedControl, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../../i18n/i18n.tsx';
import { gapsOf, type TypedRegistration } from '../../mailbox/typed-registration.ts';
import { IncomingFields, OutgoingFields } from '../endpoint-fields.tsx';
import { hostProblem } from '../mailbox-form-problems.ts';
import { OutgoingPasswordField } from '../outgoing-password-field.tsx';
import { UseField } from '../use-field.tsx';
import classes from './add-mailbox.module.css';
import { AppPasswordGuide, needsAppPassword, ProviderTraps } from './provider-notes.tsx';
import { ProviderSignInPart } from './provider-sign-in-part.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { domainOf, mainServer, useOf, type Wizard, withSignIn, withUse } from './wizard.ts';
import { hasOutgoingPassword, settingsOf } from './wizard-draft.ts';

/** The password, and the settings it goes with: shown, editable, folded away where they are known. */
export function SignInStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  const { provider } = wizard;
  const failed = wizard.check?.ok === false;
  const [open, { toggle }] = useDisclosure(provider === null || failed);
  const [tried, setTried] = useState(false);
  const appPassword = provider !== null && needsAppPassword(provider);
  const server = mainServer(wizard);
  const beside = useOf(wizard) === 'both' ? wizard.outgoing : null;
  const missingHost = server === null || [server, beside].some((one) => hostProblem(one) !== undefined);
  const asked = endpointsOf(settingsOf(wizard)).some(({ signIn }) => signIn === 'password');
  const missing = wizard.way === 'password' ? asked && wizard.password === '' : !isSignedIn(wizard.registration);
  const next = () => {
    setTried(true);
    if (!missing && !missingHost) onChange({ ...wizard, step: 'check' });
  };
  return (
    <StepFrame title={t('wizard.signIn.title')} lead={<FoundBy wizard={wizard} />} onBack={onBack} onNext={next}>
      <WayField wizard={wizard} onChange={onChange} />
      {wizard.way === 'oauth2' ? (
        <>
          {provider && <ProviderTraps provider={provider} />}
          <ProviderSignInPart wizard={wizard} onChange={onChange} tried={tried} />
        </>
      ) : (
        <>
          {appPassword && <AppPasswordGuide provider={provider} />}
          {provider && <ProviderTraps provider={provider} />}
          {asked && (
            <PasswordInput
              data-first-field
              size="md"
              label={t(appPassword ? 'wizard.appPassword.label' : 'wizard.signIn.password')}
              description={t('wizard.signIn.passwordHint')}
              value={wizard.password}
              onChange={({ currentTarget }) => onChange(withSignIn(wizard, { password: currentTarget.value }))}
              error={tried && missing ? t('wizard.signIn.passwordNeeded') : null}
              autoComplete="off"
            />
          )}
        </>
      )}
      <div>
        <Group justify="space-between">
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={toggle}
            aria-expanded={open}
            leftSection={
              <IconChevronRight size={14} style={{ transform: open ? 'rotate(90deg)' : undefined }} aria-hidden />
            }
          >
            {t('wizard.signIn.settings')}
          </Button>
          {provider && (
            <Button
              size="xs"
              variant="subtle"
              color="gray"
              onClick={() => onChange({ ...wizard, learn: true, step: 'provider' })}
            >
              {t('wizard.signIn.otherProvider')}
            </Button>
          )}
        </Group>
        <Collapse expanded={open || (tried && missingHost)}>
          <ServerFields wizard={wizard} onChange={onChange} tried={tried} />
        </Collapse>
      </div>
    </StepFrame>
  );
}

/** Where there is a choice. */
function WayField({ wizard, onChange }: Pick<StepProps<Wizard>, 'wizard' | 'onChange'>) {
  const t = useText();
  const { provider, way } = wizard;
  const byPassword = provider === null || provider.signIn.some((kind) => kind !== 'oauth2');
  if (!byPassword || mainServer(wizard)?.protocol === 'graph' || (provider !== null && provider.oauth === null))
    return null;
  const password = provider && needsAppPassword(provider) ? 'appPassword' : 'password';
  const known = { value: 'oauth2', label: t(`providerSignIn.way.${provider ? 'recommended' : 'oauth2'}`) };
  const typed = { value: 'password', label: t(`providerSignIn.way.${password}`) };
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label={t('providerSignIn.way')}
      value={way}
      onChange={(next) => onChange(withSignIn(wizard, { way: next as Wizard['way'] }))}
      data={provider ? [known, typed] : [typed, known]}
    />
  );
}

/** An application proves itself when the connection is checked. */
function isSignedIn(registration: TypedRegistration | null): boolean {
  if (registration === null) return false;
  const { oauth, signedIn, secretOf } = registration;
  return oauth.flow === 'interactive' ? signedIn !== null : gapsOf(registration, secretOf !== null).size === 0;
}

function FoundBy({ wizard }: { readonly wizard: Wizard }) {
  const t = useText();
  const { provider, learn, detection } = wizard;
  if (!provider) return t('wizard.signIn.byHand');
  const params = { provider: provider.name, domain: domainOf(wizard.address) };
  if (learn) return t('wizard.signIn.picked', params);
  return t(detection?.source === 'learned' ? 'wizard.signIn.learned' : 'wizard.signIn.found', params);
}

interface ServerFieldsProps {
  readonly wizard: Wizard;
  readonly onChange: (next: Wizard) => void;
  readonly tried: boolean;
}

function ServerFields({ wizard, onChange, tried }: ServerFieldsProps) {
  const t = useText();
  const { incoming, outgoing } = wizard;
  const use = useOf(wizard);
  const hostError = (endpoint: Endpoint) => {
    const problem = tried ? hostProblem(endpoint) : undefined;
    return problem ? t(problem) : null;
  };
  return (
    <Stack className={classes.fold} gap="lg" mt={8}>
      <UseField value={use} onChange={(next) => onChange(withUse(wizard, next))} />
      {use !== 'sends' && (
        <IncomingFields
          value={incoming}
          onChange={(next) => onChange(withSignIn(wizard, { incoming: next }))}
          hostError={hostError(incoming)}
        />
      )}
      {use !== 'receives' && outgoing && (
        <OutgoingFields
          value={outgoing}
          alone={use === 'sends'}
          onChange={(next) => onChange(withSignIn(wizard, { outgoing: next }))}
          hostError={hostError(outgoing)}
        />
      )}
      {hasOutgoingPassword(wizard) && (
        <OutgoingPasswordField
          value={wizard.outgoingPassword}
          onChange={(outgoingPassword) => onChange(withSignIn(wizard, { outgoingPassword }))}
        />
      )}
    </Stack>
  );
}
