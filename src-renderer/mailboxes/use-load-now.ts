import { notifications } from '@mantine/notifications';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useErrorNotice } from './use-error-notice.tsx';

/** One pass now; its progress is in the bar above, its outcome comes as a notice. */
export function useLoadNow(): (mailboxId: MailboxId) => void {
  const t = useText();
  const tellError = useErrorNotice();
  const load = useAction('loading.run', {
    onError: tellError,
    onSuccess: (reports) => {
      for (const report of reports) {
        if (report.problem) {
          if (report.problem.code !== 'cancelled') tellError(new AppError(report.problem.code, report.problem.params));
          continue;
        }
        const count = report.folders.reduce((sum, { fresh }) => sum + fresh, 0);
        notifications.show({ message: t('mailbox.loadDone', { name: report.mailboxName, count }) });
      }
    },
  });
  return (mailboxId) => load.run({ mailboxIds: [mailboxId] });
}
