import { Stack, Text } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import { isOverHttp, type MailboxSettings, withinProtocol } from '../../src-shared/domain/mailbox.ts';
import { mailboxUse, receives } from '../../src-shared/domain/mailbox-directions.ts';
import { useText } from '../i18n/i18n.tsx';
import { newRegistration } from '../mailbox/typed-registration.ts';
import { Card } from '../ui/card.tsx';
import { withUse } from './choose-use.ts';
import { IncomingFields, OutgoingFields } from './endpoint-fields.tsx';
import classes from './mailboxes.module.css';
import { OutgoingPasswordField } from './outgoing-password-field.tsx';
import { SignInPart, type SignInPartProps, wayOf } from './sign-in-part.tsx';
import { UseField } from './use-field.tsx';
import { outgoingBeside } from './with-protocol.ts';

/** What it is for, and both servers as far as it needs them. Passwords go in and never come back. */
export function ConnectionSection({
  title,
  note,
  ...props
}: SignInPartProps & { readonly title?: string; readonly note?: ReactNode }) {
  const t = useText();
  const { mailbox, typed, onChange, problems } = props;
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  const { incoming, outgoing, oauth } = settings;
  // A direction that is switched off and on again is as it was.
  const last = useRef(mailbox.settings);
  last.current = {
    ...last.current,
    incoming: incoming ?? last.current.incoming,
    outgoing: outgoing ?? last.current.outgoing,
  };
  return (
    <Card title={title ?? t('mailboxPage.connection')}>
      <Stack gap="lg">
        <div className={classes.choice}>
          <UseField
            value={mailboxUse(settings)}
            onChange={(use) => set(withUse(last.current, use))}
            hasLoaded={receives(mailbox.settings)}
          />
        </div>
        <div className={incoming && outgoing ? classes.two : classes.choice}>
          {incoming && (
            <Stack gap="md">
              <IncomingFields
                value={incoming}
                onChange={(next) =>
                  set({
                    incoming: next,
                    outgoing: outgoingBeside(next, outgoing),
                    ...withinProtocol(next.protocol, settings),
                    // Graph takes no passwords.
                    ...(next.signIn === 'oauth2' && oauth === null
                      ? { oauth: newRegistration('microsoft').oauth }
                      : {}),
                  })
                }
                hostError={problems.incomingHost ? t(problems.incomingHost) : null}
              />
              <SignInPart {...props} />
            </Stack>
          )}
          {outgoing && <SendingPart {...props} />}
        </div>
        {note}
      </Stack>
    </Card>
  );
}

/** Where letters are handed over; the sign-in too where it is the only one. */
function SendingPart(props: SignInPartProps) {
  const t = useText();
  const { typed, onChange, problems } = props;
  const { settings } = typed;
  const { incoming, outgoing, oauth } = settings;
  const alone = incoming === null;
  if (outgoing === null) return null;
  return (
    <Stack gap="md">
      <OutgoingFields
        value={outgoing}
        way={wayOf(settings)}
        alone={alone}
        onChange={(next) => {
          const registered = next.signIn === 'oauth2' && oauth === null;
          const registration = registered ? { oauth: newRegistration('microsoft').oauth } : {};
          onChange({ ...typed, settings: { ...settings, outgoing: next, ...registration } });
        }}
        hostError={problems.outgoingHost ? t(problems.outgoingHost) : null}
      />
      {alone ? (
        outgoing.signIn === 'none' ? (
          <Text fz={12} c="dimmed">
            {t('endpoint.noSignIn')}
          </Text>
        ) : (
          <SignInPart {...props} />
        )
      ) : (
        outgoing.signIn === 'password' &&
        !isOverHttp(outgoing.protocol) && (
          <OutgoingPasswordField
            value={typed.outgoingPassword}
            onChange={(outgoingPassword) => onChange({ ...typed, outgoingPassword })}
          />
        )
      )}
    </Stack>
  );
}
