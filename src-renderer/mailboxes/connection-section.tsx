import { PasswordInput, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import {
  type IncomingEndpoint,
  isOverHttp,
  type Mailbox,
  type MailboxSettings,
  type OutgoingEndpoint,
  withinProtocol,
} from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { newRegistration, type RegistrationGap } from '../mailbox/typed-registration.ts';
import { Card } from '../ui/card.tsx';
import { IncomingFields, OutgoingFields } from './endpoint-fields.tsx';
import type { FormProblems } from './mailbox-form-problems.ts';
import classes from './mailboxes.module.css';
import { outgoingBeside } from './protocol-field.tsx';
import { ProviderSignInFields } from './provider-sign-in-fields.tsx';
import { same } from './typed-settings.ts';
import { draftOf, type TypedMailbox } from './use-typed-mailbox.ts';

export interface ConnectionSectionProps {
  /** As it is saved. */
  readonly mailbox: Mailbox;
  readonly typed: TypedMailbox;
  readonly onChange: (next: TypedMailbox) => void;
  readonly problems: FormProblems;
  readonly title?: string;
}

/** Both servers. Passwords go in and never come back. */
export function ConnectionSection({ mailbox, typed, onChange, problems, title }: ConnectionSectionProps) {
  const t = useText();
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  const { incoming, outgoing, oauth } = settings;
  const way = incoming.signIn === 'oauth2' ? 'oauth2' : 'password';
  return (
    <Card title={title ?? t('mailboxPage.connection')}>
      <div className={classes.two}>
        <Stack gap="md">
          <IncomingFields
            value={incoming}
            onChange={(next) =>
              set({
                incoming: next,
                outgoing: outgoingBeside(next, outgoing),
                ...withinProtocol(next.protocol, settings),
                // Graph takes no passwords.
                ...(next.signIn === 'oauth2' && oauth === null ? { oauth: newRegistration('microsoft').oauth } : {}),
              })
            }
            hostError={problems.incomingHost ? t(problems.incomingHost) : null}
          />
          {incoming.protocol !== 'graph' && (
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t('providerSignIn.way')}
              value={way}
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
        </Stack>
        <Stack gap="md">
          <Switch
            label={t('sender.on')}
            checked={outgoing !== null}
            onChange={({ currentTarget }) => set({ outgoing: currentTarget.checked ? outgoingLike(incoming) : null })}
          />
          {outgoing && (
            <>
              <OutgoingFields
                value={outgoing}
                way={way}
                onChange={(next) => set({ outgoing: next })}
                hostError={problems.outgoingHost ? t(problems.outgoingHost) : null}
              />
              {outgoing.signIn === 'password' && !isOverHttp(outgoing.protocol) && (
                <PasswordInput
                  label={t('mailboxPage.outgoingPassword')}
                  description={t('mailboxPage.outgoingPasswordHint')}
                  value={typed.outgoingPassword}
                  onChange={({ currentTarget }) => onChange({ ...typed, outgoingPassword: currentTarget.value })}
                  autoComplete="new-password"
                />
              )}
            </>
          )}
        </Stack>
      </div>
    </Card>
  );
}

const noGaps: ReadonlySet<RegistrationGap> = new Set();

/** Both directions sign in alike; a relay that wants nothing goes on wanting nothing. */
function bySignIn(settings: MailboxSettings, signIn: 'password' | 'oauth2'): Partial<MailboxSettings> {
  const { incoming, outgoing } = settings;
  return {
    incoming: { ...incoming, signIn },
    outgoing: outgoing && outgoing.signIn !== 'none' ? { ...outgoing, signIn } : outgoing,
    oauth: signIn === 'oauth2' ? newRegistration('other').oauth : null,
  };
}

/** A first proposal: the usual sibling of the incoming server. */
function outgoingLike({ protocol, ...incoming }: IncomingEndpoint): OutgoingEndpoint {
  if (isOverHttp(protocol)) return { ...incoming, protocol };
  return {
    ...incoming,
    host: incoming.host.replace(/^(imap|pop3?)\./, 'smtp.'),
    port: 465,
    encryption: 'tls',
    pinnedCertificate: null,
  };
}
