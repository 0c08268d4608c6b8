import { PasswordInput, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type ClientProof, type OAuthFlow, possibleProofs } from '../../src-shared/domain/oauth.ts';
import { useText } from '../i18n/i18n.tsx';
import {
  type RegistrationGap,
  sharesMailboxes,
  type TypedRegistration,
  withFlow,
  withOAuth,
} from './typed-registration.ts';

export interface RegistrationFieldsProps {
  readonly value: TypedRegistration;
  readonly onChange: (value: TypedRegistration) => void;
  /** Shown as missing. */
  readonly gaps: ReadonlySet<RegistrationGap>;
  /** The vault has the secret already. */
  readonly secretKept: boolean;
}

/** The company's own application, as it is registered with the provider. */
export function RegistrationFields({ value, onChange, gaps, secretKept }: RegistrationFieldsProps) {
  const t = useText();
  const { oauth } = value;
  const flows = (['interactive', 'application'] as const).filter(
    (flow) => possibleProofs[oauth.authority][flow].length > 0,
  );
  const proofs = possibleProofs[oauth.authority][oauth.flow];
  const set = (changes: Partial<TypedRegistration['oauth']>) => onChange(withOAuth(value, changes));
  const missing = (gap: RegistrationGap) => (gaps.has(gap) ? t('providerSignIn.needed') : null);
  return (
    <Stack gap="md">
      {oauth.authority === 'other' && (
        <TextInput
          label={t('providerSignIn.issuer')}
          description={t('providerSignIn.issuerHint')}
          value={oauth.issuer ?? ''}
          onChange={({ currentTarget }) => set({ issuer: currentTarget.value.trim() || null })}
          error={missing('issuer')}
          spellCheck={false}
        />
      )}
      {flows.length > 1 && (
        <Choice label={t('providerSignIn.flow')} hint={t('providerSignIn.flowHint')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('providerSignIn.flow')}
            value={oauth.flow}
            onChange={(flow) => onChange(withFlow(value, flow as OAuthFlow))}
            data={flows.map((flow) => ({ value: flow, label: t(`providerSignIn.flow.${flow}`) }))}
          />
        </Choice>
      )}
      <TextInput
        data-first-field
        label={t('providerSignIn.clientId')}
        value={oauth.clientId}
        onChange={({ currentTarget }) => set({ clientId: currentTarget.value.trim() })}
        error={missing('clientId')}
        spellCheck={false}
        autoComplete="off"
      />
      {oauth.authority === 'microsoft' && (
        <TextInput
          label={t('providerSignIn.directoryId')}
          value={oauth.directoryId}
          onChange={({ currentTarget }) => set({ directoryId: currentTarget.value.trim() })}
          error={missing('directoryId')}
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {oauth.flow === 'interactive' && sharesMailboxes.has(oauth.authority) && (
        <TextInput
          label={t('providerSignIn.as')}
          description={t('providerSignIn.asHint')}
          value={oauth.signInAs}
          onChange={({ currentTarget }) => set({ signInAs: currentTarget.value.trim() })}
          inputMode="email"
          spellCheck={false}
          autoComplete="off"
        />
      )}
      {proofs.length > 1 && (
        <Choice label={t('providerSignIn.proof')}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('providerSignIn.proof')}
            value={oauth.proof}
            onChange={(proof) => set({ proof: proof as ClientProof })}
            data={proofs.map((proof) => ({ value: proof, label: t(`providerSignIn.proof.${proof}`) }))}
          />
        </Choice>
      )}
      <ProofField value={value} onChange={onChange} error={missing('clientSecret')} kept={secretKept} />
    </Stack>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: ReactNode;
}

function Choice({ label, hint, children }: ChoiceProps) {
  return (
    <Stack gap={4}>
      <Text component="span" fz={13} fw={500}>
        {label}
      </Text>
      {children}
      {hint && (
        <Text fz={12} c="dimmed">
          {hint}
        </Text>
      )}
    </Stack>
  );
}

interface ProofFieldProps {
  readonly value: TypedRegistration;
  readonly onChange: (value: TypedRegistration) => void;
  readonly error: string | null;
  readonly kept: boolean;
}

/** Goes in and never comes back. */
function ProofField({ value, onChange, error, kept }: ProofFieldProps) {
  const t = useText();
  const { proof } = value.oauth;
  const shared = {
    description: t(kept ? 'providerSignIn.secretKept' : 'providerSignIn.secretHint'),
    value: value.clientSecret,
    error,
    autoComplete: 'off',
  };
  const type = (clientSecret: string) => onChange({ ...value, clientSecret, signedIn: null });
  if (proof === 'none') return null;
  if (proof === 'secret') {
    return (
      <PasswordInput
        {...shared}
        label={t('providerSignIn.clientSecret')}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
    );
  }
  return (
    <Textarea
      {...shared}
      label={t('providerSignIn.certificate')}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      rows={4}
      spellCheck={false}
    />
  );
}
