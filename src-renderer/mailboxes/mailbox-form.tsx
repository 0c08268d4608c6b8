import { Button, PasswordInput, SimpleGrid, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { Endpoint, Mailbox, MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { EndpointFields } from './endpoint-fields.tsx';
import { LoadingFields } from './loading-fields.tsx';
import { type FormProblems, problemsOf } from './mailbox-form-problems.ts';
import classes from './mailboxes.module.css';
import { SenderFields } from './sender-fields.tsx';

interface Typed {
  readonly settings: MailboxSettings;
  readonly password: string;
  readonly outgoingPassword: string;
}

/** What an operator decides about a mailbox, saved as a whole. Passwords go in and never come back. */
export function MailboxForm({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const saved: Typed = { settings: mailbox.settings, password: '', outgoingPassword: '' };
  const [typed, setTyped] = useState(saved);
  const [tried, setTried] = useState(false);
  const save = useAction('mailboxes.update', {
    onSuccess: (stored) => {
      setTyped({ settings: stored.settings, password: '', outgoingPassword: '' });
      setTried(false);
      notifications.show({ message: t('mailboxPage.saved') });
    },
  });
  const changed = JSON.stringify(typed) !== JSON.stringify(saved);
  const problems = problemsOf(typed.settings);
  const submit = () => {
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    save.run({
      draft: {
        settings: typed.settings,
        password: typed.password || null,
        outgoingPassword: typed.outgoingPassword || null,
        mailboxId: mailbox.id,
      },
    });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Sections typed={typed} onChange={setTyped} problems={tried ? problems : {}} />
      {save.error && <ErrorNotice error={save.error} />}
      {changed && (
        <div className={classes.savebar}>
          <span role="status">{t('mailboxPage.unsaved')}</span>
          <Button variant="default" onClick={() => setTyped(saved)}>
            {t('mailboxPage.discard')}
          </Button>
          <Button type="submit" loading={save.pending}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  );
}

interface SectionsProps {
  readonly typed: Typed;
  readonly onChange: (next: Typed) => void;
  readonly problems: FormProblems;
}

function Sections({ typed, onChange, problems }: SectionsProps) {
  const t = useText();
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  return (
    <>
      <Card title={t('mailboxPage.general')}>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <TextInput
            label={t('mailboxPage.name')}
            value={settings.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            error={problems.name && t(problems.name)}
            maxLength={120}
          />
          <Textarea
            label={t('mailboxPage.description')}
            value={settings.description}
            onChange={({ currentTarget }) => set({ description: currentTarget.value })}
            autosize
            maxLength={2000}
          />
        </SimpleGrid>
      </Card>
      <Connection typed={typed} onChange={onChange} problems={problems} />
      <Card title={t('sender.title')}>
        <SenderFields value={settings.sender} onChange={(sender) => set({ sender })} problems={problems} />
      </Card>
      <Card title={t('mailboxPage.loading')}>
        <Stack gap="md" maw={560}>
          <LoadingFields
            value={settings.loading}
            onChange={(loading) => set({ loading })}
            collectsTickets={settings.collectsTickets}
            onCollectsTickets={(collectsTickets) => set({ collectsTickets })}
          />
        </Stack>
      </Card>
    </>
  );
}

function Connection({ typed, onChange, problems }: SectionsProps) {
  const t = useText();
  const { settings } = typed;
  const set = (part: Partial<MailboxSettings>) => onChange({ ...typed, settings: { ...settings, ...part } });
  const { incoming, outgoing } = settings;
  return (
    <Card title={t('mailboxPage.connection')}>
      <div className={classes.two}>
        <Stack gap="md">
          <EndpointFields
            direction="incoming"
            value={incoming}
            onChange={(next) => set({ incoming: next })}
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
              <EndpointFields
                direction="outgoing"
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
function outgoingLike(incoming: Endpoint): Endpoint {
  return {
    ...incoming,
    host: incoming.host.replace(/^imap\./, 'smtp.'),
    port: 465,
    encryption: 'tls',
    pinnedCertificate: null,
  };
}
