import { Button, Group, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { connectionReport } from '../../src-shared/doctor/connection-report.ts';
import type { ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { MailboxSettings } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface ReportActionsProps {
  readonly check: ConnectionCheck;
  readonly settings: MailboxSettings;
}

/** The check as a text to send on: copied, or saved. */
export function ReportActions({ check, settings }: ReportActionsProps) {
  const t = useText();
  const { copied, copy } = useClipboard();
  const save = useAction('mailboxes.saveReport');
  const report = () => connectionReport(t, { check, settings, at: Date.now() });
  return (
    <div>
      <Group gap="sm">
        <Button size="xs" variant="default" onClick={() => copy(report())}>
          {t(copied ? 'check.report.copied' : 'check.report.copy')}
        </Button>
        <Button size="xs" variant="default" onClick={() => save.run({ text: report() })} loading={save.pending}>
          {t('check.report.save')}
        </Button>
        <Text fz={12} c="dimmed">
          {t('check.report.hint')}
        </Text>
      </Group>
      {save.value && (
        <Text fz={12} mt={4} role="status">
          {t('check.report.saved', { path: save.value.path })}
        </Text>
      )}
      {save.error && <ErrorNotice error={save.error} />}
    </div>
  );
}
