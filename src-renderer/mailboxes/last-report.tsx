import { Stack, Text } from '@mantine/core';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { type KeptReport, useLastReport } from '../ipc/use-last-report.ts';
import { useCaughtUpWords } from '../mailbox/use-caught-up-words.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './last-report.module.css';
import { ReportTable } from './report-table.tsx';

/** What the last pass found and did, folder by folder. */
export function LastReport({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const kept = useLastReport(mailbox.id);
  return (
    <Card title={t('mailboxPage.report')}>
      {kept ? (
        <ReportBody {...kept} />
      ) : (
        <Text fz={13} c="dimmed">
          {t('mailboxPage.noReport')}
        </Text>
      )}
    </Card>
  );
}

function ReportBody({ report, at }: KeptReport) {
  const t = useText();
  const format = useFormats();
  const caughtUp = useCaughtUpWords();
  const leased = report.problem?.code === 'mailbox.leased';
  return (
    <Stack gap="sm">
      {report.problem && <ErrorNotice error={report.problem} tone={leased ? 'late' : 'bad'} />}
      {report.caughtUp && (
        <Text fw={500} fz={14}>
          {caughtUp(report.caughtUp, at)}
        </Text>
      )}
      <ReportTable folders={report.folders} />
      <Outcomes report={report} />
      <Text fz={13} c="dimmed">
        {t('report.took', {
          time: format.duration(report.milliseconds),
          ended: format.longDate(at),
          roundTrips: t('report.roundTrips', { count: report.roundTrips }),
        })}
      </Text>
    </Stack>
  );
}

/** What became of the letters. That nothing is unexplained is said too: it is the proof that nothing was lost. */
function Outcomes({ report }: { readonly report: LoadReport }) {
  const t = useText();
  const { effectsDone, effectsFailed, unexplained, quarantined, unreadable } = report;
  return (
    <ul className={classes.outcomes}>
      <li>{t('report.tickets', { created: report.ticketsCreated, appended: report.ticketsAppended })}</li>
      {quarantined > 0 && <li>{t('report.quarantined', { count: quarantined })}</li>}
      {unreadable > 0 && <li>{t('report.unreadable', { count: unreadable })}</li>}
      <li data-bad={effectsFailed > 0 || undefined}>
        {t('report.effects', { done: effectsDone, failed: effectsFailed })}
      </li>
      <li data-bad={unexplained > 0 || undefined}>{t('report.unexplained', { count: unexplained })}</li>
    </ul>
  );
}
