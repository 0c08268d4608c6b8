import { PasswordInput, Stack, Switch } from '@mantine/core';
import {
  type Endpoint,
  type IncomingEndpoint,
  type MailboxSettings,
  withinProtocol,
} from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { Card } from '../ui/card.tsx';
import { IncomingFields, OutgoingFields } from './endpoint-fields.tsx';
import type { FormProblems } from './mailbox-form-problems.ts';
import classes from './mailboxes.module.css';
import type { TypedMailbox } from './use-typed-mailbox.ts';

export interface ConnectionSectionProps {
  readonly typed: TypedMailbox;
  readonly onChange: (next: TypedMailbox) => void;
  readonly problems: FormProblems;
}

/** Both servers. Passwords go in and never come back. */
export function ConnectionSection({ typed, onChange, problems }: ConnectionSectionProps) {
  const t = useText();
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  const { incoming, outgoing } = settings;
  return (
    <Card title={t('mailboxPage.connection')}>
      <div className={classes.two}>
        <Stack gap="md">
          <IncomingFields
            value={incoming}
            onChange={(next) => set({ incoming: next, ...withinProtocol(next.protocol, settings) })}
            hostError={problems.incomingHost ? t(problems.incomingHost) : null}
          />
          <PasswordInput
            label={t('mailboxPage.newPassword')}
            description={t('mailboxPage.newPasswordHint')}
            value={typed.password}
            onChange={({ currentTarget }) => onChange({ ...typed, password: currentTarget.value })}
            autoComplete="new-password"
          />
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
                onChange={(next) => set({ outgoing: next })}
                hostError={problems.outgoingHost ? t(problems.outgoingHost) : null}
              />
              {outgoing.signIn === 'password' && (
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

/** A first proposal: the usual sibling of the incoming server. */
function outgoingLike({ protocol: _incoming, ...incoming }: IncomingEndpoint): Endpoint {
  return {
    ...incoming,
    host: incoming.host.replace(/^(imap|pop3?)\./, 'smtp.'),
    port: 465,
    encryption: 'tls',
    pinnedCertificate: null,
  };
}
