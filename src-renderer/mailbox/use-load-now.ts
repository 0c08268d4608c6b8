import { notifications } from '@mantine/notifications';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { errorSentence } from '../../src-shared/i18n/error-sentence.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useErrorNotice } from './use-error-notice.tsx';

/** One pass now; its progress is in the bar above, its outcome comes as a notice. */
export function useLoadNow() {
  const t = useText();
  const tellError = useErrorNotice();
  const tell = ({ mailboxName: name, folders, problem, caughtUp }: LoadReport) => {
    // Nothing is wrong while another console has it; what was caught up is told wherever it happens.
    if (problem?.code === 'mailbox.leased') notifications.show({ message: errorSentence(t, problem).what });
    else if (problem) {
      if (problem.code !== 'cancelled') tellError(new AppError(problem.code, problem.params));
    } else if (!caughtUp) {
      const count = folders.reduce((sum, { fresh }) => sum + fresh, 0);
      notifications.show({ message: t('mailbox.loadDone', { name, count }) });
    }
  };
  const load = useAction('loading.run', { onError: tellError, onSuccess: (reports) => reports.forEach(tell) });
  return { loadNow: (mailboxId: MailboxId) => load.run({ mailboxIds: [mailboxId] }), pending: load.pending };
}
