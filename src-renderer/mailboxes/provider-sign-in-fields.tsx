import { Select, Stack, Text } from '@mantine/core';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import { mailUsesOf } from '../../src-shared/domain/mail-uses.ts';
import { type Authority, authoritySchema } from '../../src-shared/domain/oauth.ts';
import { useText } from '../i18n/i18n.tsx';
import { BrowserSignIn } from '../mailbox/browser-sign-in.tsx';
import { RegistrationFields } from '../mailbox/registration-fields.tsx';
import { RegistrationGuide } from '../mailbox/registration-guide.tsx';
import {
  gapsOf,
  newRegistration,
  type RegistrationGap,
  type TypedRegistration,
  withSignedIn,
} from '../mailbox/typed-registration.ts';

export interface ProviderSignInFieldsProps {
  readonly value: TypedRegistration;
  readonly onChange: (value: TypedRegistration) => void;
  /** What is signed in to when it is asked for. */
  readonly draft: MailboxDraft;
  /** Shown as missing. */
  readonly gaps: ReadonlySet<RegistrationGap>;
  /** It was saved like this: its secret and its sign-in are kept. */
  readonly saved: boolean;
  /** For a connection beside the saved one: the sign-in that is kept is not its own. */
  readonly beside: boolean;
}

/** The provider's sign-in of a saved mailbox: its registration, and a new sign-in where one is wanted. */
export function ProviderSignInFields({ value, onChange, draft, gaps, saved, beside }: ProviderSignInFieldsProps) {
  const t = useText();
  const { oauth, signedIn } = value;
  const ready = gapsOf(value, saved).size === 0;
  return (
    <Stack gap="md">
      <Select
        label={t('providerSignIn.authority')}
        value={oauth.authority}
        onChange={(next) => next && onChange(newRegistration(next as Authority))}
        data={authoritySchema.options.map((one) => ({ value: one, label: t(`providerSignIn.authority.${one}`) }))}
        allowDeselect={false}
      />
      {!saved && <RegistrationGuide oauth={oauth} uses={mailUsesOf(draft.settings)} />}
      <RegistrationFields value={value} onChange={onChange} gaps={gaps} secretKept={saved} />
      {oauth.flow === 'interactive' && (
        <>
          <BrowserSignIn
            draft={ready ? draft : null}
            signedIn={signedIn}
            onSignedIn={(done, signInAs) => onChange(withSignedIn(value, done, signInAs))}
            onMissing={() => onChange(value)}
          />
          {(saved || beside) && signedIn === null && (
            <Text fz={12} c="dimmed">
              {t(beside ? 'providerSignIn.besideOwn' : 'providerSignIn.kept')}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
