import { Stack, Table, Text } from '@mantine/core';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useLastReport } from '../ipc/use-last-report.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './last-report.module.css';

/** What the last pass found and did, folder by folder. */
export function LastReport({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const report = useLastReport(mailbox.id);
  return (
    <Card title={t('mailboxPage.report')}>
      {report ? (
        <ReportBody report={report} />
      ) : (
        <Text fz={13} c="dimmed">
          {t('mailboxPage.noReport')}
        </Text>
      )}
    </Card>
  );
}

function ReportBody({ report }: { readonly report: LoadReport }) {
  const t = useText();
  const format = useFormats();
  return (
    <Stack gap="sm">
      {report.problem && <ErrorNotice error={report.problem} />}
      <Table className={classes.table} verticalSpacing={6} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            {(['folder', 'onServer', 'loaded', 'fresh', 'failed'] as const).map((column) => (
              <Table.Th key={column} fw={500}>
                {t(`report.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {report.folders.map((folder) => (
            <Table.Tr key={folder.path}>
              <Table.Td>
                {folder.path}
                {folder.problem && <p className={classes.problem}>{errorSentence(t, folder.problem).what}</p>}
              </Table.Td>
              {([folder.onServer, folder.loaded, folder.fresh, folder.failed] as const).map((count, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: four columns that never move.
                <Table.Td key={at}>{format.wholeNumber(count)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text fz={13}>{t('report.tickets', { created: report.ticketsCreated, appended: report.ticketsAppended })}</Text>
      {report.unreadable > 0 && <Text fz={13}>{t('report.unreadable', { count: report.unreadable })}</Text>}
      <Text fz={13} c="dimmed">
        {t('report.took', { time: format.duration(report.milliseconds) })}
      </Text>
    </Stack>
  );
}
