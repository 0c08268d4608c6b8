import { Button, Group, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Mailbox, MailboxSettings } from '../../../src-shared/domain/mailbox.ts';
import { isReceiving, receives } from '../../../src-shared/domain/mailbox-directions.ts';
import { defaultSettings } from '../../../src-shared/domain/settings.ts';
import type { TextKey } from '../../../src-shared/i18n/i18n.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useQuery } from '../../ipc/use-query.ts';
import classes from './add-mailbox.module.css';
import { AddressStep } from './address-step.tsx';
import { AfterwardsStep } from './afterwards-step.tsx';
import { CheckStep } from './check-step.tsx';
import { ConfirmStep } from './confirm-step.tsx';
import { FoldersStep } from './folders-step.tsx';
import { LoadingStep } from './loading-step.tsx';
import { ProviderStep } from './provider-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { startWizard, stepBefore, type Wizard } from './wizard.ts';
import { WizardSummary } from './wizard-summary.tsx';

/** From an address to a mailbox that loads. Until the last click nothing is saved, and nothing on the server is touched at all. */
export function AddMailboxScreen() {
  const t = useText();
  const navigate = useNavigate();
  const { address = '' } = useSearch({ from: '/mailboxes/add' });
  const { data: settings = defaultSettings } = useQuery('settings.get');
  const [wizard, setWizard] = useState(() => startWizard(address, settings));
  const tellAdded = useAddedNotice();
  return (
    <div className={classes.screen}>
      <div className={classes.main}>
        <div className={classes.column}>
          <div className={classes.top}>
            <Title order={1}>{t('wizard.title')}</Title>
            <Button size="xs" variant="subtle" color="gray" onClick={() => void navigate({ to: '/mailboxes' })}>
              {t('wizard.cancel')}
            </Button>
          </div>
          <Step
            wizard={wizard}
            onChange={setWizard}
            onBack={() => setWizard({ ...wizard, step: stepBefore(wizard) })}
            onAdded={(mailbox) => {
              tellAdded(mailbox);
              void navigate({ to: '/mailboxes' });
            }}
          />
        </div>
      </div>
      <WizardSummary wizard={wizard} />
    </div>
  );
}

interface CurrentStepProps {
  readonly wizard: Wizard;
  readonly onChange: (next: Wizard) => void;
  readonly onBack: () => void;
  readonly onAdded: (mailbox: Mailbox) => void;
}

function Step({ onAdded, ...props }: CurrentStepProps) {
  switch (props.wizard.step) {
    case 'address':
      return <AddressStep {...props} />;
    case 'provider':
      return <ProviderStep {...props} />;
    case 'sign-in':
      return <SignInStep {...props} />;
    case 'check':
      return <CheckStep {...props} />;
    case 'folders':
      return <FoldersStep {...props} />;
    case 'loading':
      return <LoadingStep {...props} />;
    case 'afterwards':
      return <AfterwardsStep {...props} />;
    case 'confirm':
      return <ConfirmStep {...props} onAdded={onAdded} />;
  }
}

function addedKey(settings: MailboxSettings): TextKey {
  if (!receives(settings)) return 'wizard.added.sends';
  return settings.loading.automatic ? 'wizard.added.loading' : 'wizard.added.waiting';
}

/** R104: the notice with two ways on, to the mail or to more settings. */
function useAddedNotice() {
  const t = useText();
  const navigate = useNavigate();
  return (mailbox: Mailbox) => {
    const id = `added-${mailbox.id}`;
    const goTo = (go: () => unknown) => () => {
      notifications.hide(id);
      go();
    };
    notifications.show({
      id,
      autoClose: 20_000,
      title: t('wizard.added.title', { name: mailbox.settings.name }),
      closeButtonProps: { 'aria-label': t('action.close') },
      message: (
        <>
          <Text fz={13}>{t(addedKey(mailbox.settings))}</Text>
          <Group gap="sm" mt={8}>
            {isReceiving(mailbox) && (
              <Button size="xs" onClick={goTo(() => navigate({ to: '/mail', search: { mailbox: mailbox.id } }))}>
                {t('wizard.added.mail')}
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              onClick={goTo(() => navigate({ to: '/mailboxes/$mailboxId', params: { mailboxId: mailbox.id } }))}
            >
              {t('wizard.added.settings')}
            </Button>
          </Group>
        </>
      ),
    });
  };
}
