import { PasswordInput, SegmentedControl, Text } from '@mantine/core';
import type { Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { endpointsOf } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { newRegistration, type RegistrationGap } from '../mailbox/typed-registration.ts';
import type { FormProblems } from './mailbox-form-problems.ts';
import { ProviderSignInFields } from './provider-sign-in-fields.tsx';
import { same } from './typed-settings.ts';
import { draftOf, type TypedMailbox } from './use-typed-mailbox.ts';

export interface SignInPartProps {
  /** As it is saved. */
  readonly mailbox: Mailbox;
  readonly typed: TypedMailbox;
  readonly onChange: (next: TypedMailbox) => void;
  readonly problems: FormProblems;
  /** It is typed for a connection beside the saved one, which keeps its sign-in for itself. */
  readonly beside?: boolean;
}

/** How the first direction that there is signs in; the other does alike. */
export function wayOf(settings: MailboxSettings): 'password' | 'oauth2' {
  return endpointsOf(settings)[0]?.signIn === 'oauth2' ? 'oauth2' : 'password';
}

/** By password or with the provider, for both directions. */
export function SignInPart({ mailbox, typed, onChange, problems, beside = false }: SignInPartProps) {
  const t = useText();
  const { settings } = typed;
  const { oauth } = settings;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  return (
    <>
      {endpointsOf(settings)[0]?.protocol !== 'graph' && (
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('providerSignIn.way')}
          value={wayOf(settings)}
          onChange={(next) => set(bySignIn(settings, next as 'password' | 'oauth2'))}
          data={(['password', 'oauth2'] as const).map((one) => ({
            value: one,
            label: t(`providerSignIn.way.${one}`),
          }))}
        />
      )}
      {oauth ? (
        <ProviderSignInFields
          value={{ ...typed.providerSignIn, oauth }}
          onChange={({ oauth: next, ...providerSignIn }) =>
            onChange({ ...typed, providerSignIn, settings: { ...settings, oauth: next } })
          }
          draft={draftOf(mailbox, typed)}
          gaps={problems.signIn ?? noGaps}
          saved={same(oauth, mailbox.settings.oauth)}
          beside={beside}
        />
      ) : (
        <PasswordInput
          label={t('mailboxPage.newPassword')}
          description={t('mailboxPage.newPasswordHint')}
          value={typed.password}
          onChange={({ currentTarget }) => onChange({ ...typed, password: currentTarget.value })}
          autoComplete="new-password"
        />
      )}
      {problems.notSignedIn && (
        <Text fz={12} c="var(--mr-bad)" role="alert">
          {t(problems.notSignedIn)}
        </Text>
      )}
    </>
  );
}

const noGaps: ReadonlySet<RegistrationGap> = new Set();

/** Both directions sign in alike; a relay that wants nothing goes on wanting nothing. */
function bySignIn(settings: MailboxSettings, signIn: 'password' | 'oauth2'): Partial<MailboxSettings> {
  const { incoming, outgoing } = settings;
  return {
    incoming: incoming && { ...incoming, signIn },
    outgoing: outgoing && outgoing.signIn !== 'none' ? { ...outgoing, signIn } : outgoing,
    oauth: signIn === 'oauth2' ? newRegistration('other').oauth : null,
  };
}
