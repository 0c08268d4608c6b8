import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { receives } from '../../../src-shared/domain/mailbox-directions.ts';
import {
  type FolderTrial,
  type MailboxSwitch,
  sendsOtherwise,
  withConnection,
} from '../../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../../i18n/i18n.tsx';
import { subscribe } from '../../ipc/ipc.ts';
import { useAction } from '../../ipc/use-action.ts';
import { CheckSteps, plannedSteps } from '../../mailbox/check-steps.tsx';
import { useCheckSteps } from '../../mailbox/use-connection-check.ts';
import { Card } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { TrialTable } from './trial-table.tsx';

export interface TrialCardProps {
  readonly mailbox: Mailbox;
  readonly prepared: MailboxSwitch;
}

/** The doctor on the prepared connection, and both connections side by side. */
export function TrialCard({ mailbox, prepared }: TrialCardProps) {
  const t = useText();
  const step = isLoaded({ mailbox, prepared }) ? 'switch.step.try' : 'switch.step.signIn';
  return (
    <Card title={t(step)}>
      <Stack gap="xl">
        <Check mailbox={mailbox} prepared={prepared} />
        <SideBySide mailbox={mailbox} prepared={prepared} />
      </Stack>
    </Card>
  );
}

function Check({ mailbox, prepared }: TrialCardProps) {
  const t = useText();
  const { steps, begin } = useCheckSteps();
  const check = useAction('switches.check', { cancelOnLeave: true });
  const settings = withConnection(mailbox.settings, prepared.connection);
  const problem = check.value?.steps.find((step) => step.problem !== null && step.finding === null)?.problem;
  return (
    <Stack gap="sm">
      <Text fz={13} c="dimmed">
        {t(receives(settings) ? 'switch.checkLead' : 'switch.checkSends')}
      </Text>
      {(check.pending || check.value) && (
        <CheckSteps
          planned={plannedSteps(settings)}
          check={check.pending ? null : (check.value ?? null)}
          live={steps}
        />
      )}
      {problem && !check.pending && <ErrorNotice error={problem} />}
      {check.error && <ErrorNotice error={check.error} />}
      <Group gap="sm">
        <Button
          variant="default"
          loading={check.pending}
          onClick={() => check.run({ mailboxId: mailbox.id, checkId: begin() })}
        >
          {t('switch.check')}
        </Button>
        {check.pending && <CancelButton onClick={check.cancel} />}
      </Group>
    </Stack>
  );
}

function SideBySide({ mailbox, prepared }: TrialCardProps) {
  const t = useText();
  const format = useFormats();
  const [seen, setSeen] = useState<readonly FolderTrial[]>([]);
  useEffect(
    () =>
      subscribe('switches.folder', ({ mailboxId, trial }) => {
        if (mailboxId === mailbox.id) setSeen((before) => [...before, trial]);
      }),
    [mailbox.id],
  );
  const trying = useAction('switches.try', { cancelOnLeave: true });
  const { trial } = prepared;
  const loads = isLoaded({ mailbox, prepared });
  const folders = trying.pending ? seen : (trial?.folders ?? []);
  return (
    <Stack gap="sm">
      <Text fz={13} c="dimmed">
        {t(loads ? 'switch.tryLead' : 'switch.trySends')}
        {loads && sendsOtherwise(mailbox.settings, withConnection(mailbox.settings, prepared.connection)) && (
          <> {t('switch.trySendsToo')}</>
        )}
      </Text>
      {trying.pending && (
        <Group gap="sm" role="status">
          <Loader size={16} />
          <Text fz={13}>{t(loads ? 'switch.trying' : 'switch.tryingSends')}</Text>
          <CancelButton onClick={trying.cancel} />
        </Group>
      )}
      <TrialTable folders={folders} />
      {trial && !trying.pending && (
        <Text fz={12} c="dimmed">
          {t(loads ? 'switch.compared' : 'switch.signedIn', { at: format.shortDate(trial.at) })}
        </Text>
      )}
      {trying.error && <ErrorNotice error={trying.error} />}
      {!trying.pending && (
        <div>
          <Button
            variant={trial ? 'default' : 'filled'}
            onClick={() => {
              setSeen([]);
              trying.run({ mailboxId: mailbox.id });
            }}
          >
            {t(tryWords(loads, trial !== null))}
          </Button>
        </div>
      )}
    </Stack>
  );
}

/** Of one that only sends there is nothing to compare. */
const isLoaded = ({ mailbox, prepared }: TrialCardProps) =>
  receives(withConnection(mailbox.settings, prepared.connection));

const tryWords = (loads: boolean, again: boolean) =>
  loads ? (again ? 'switch.tryAgain' : 'switch.try') : again ? 'switch.signInAgain' : 'switch.signInOnce';

function CancelButton({ onClick }: { readonly onClick: () => void }) {
  const t = useText();
  return (
    <Button size="xs" variant="default" onClick={onClick}>
      {t('action.cancel')}
    </Button>
  );
}
