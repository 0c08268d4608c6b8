import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { FoldersForm } from './folders-form.tsx';

/** Which folders are loaded (R128–R130, D11). The list can be read from the server again; the ticks stay. */
export function MailboxFolders({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const { id: mailboxId } = mailbox;
  const folders = useQuery('folders.list', { mailboxId });
  // The choice of all folders is a setting of the mailbox: what else is on the page learns of it before it can be saved over.
  const mailboxes = useQuery('mailboxes.list');
  const readAgain = () => Promise.all([folders.refetch(), mailboxes.refetch()]);
  const refresh = useAction('folders.refresh', { cancelOnLeave: true, onSuccess: () => void folders.refetch() });
  return (
    <Card
      title={t('mailboxPage.folders')}
      aside={
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconRefresh size={14} />}
          loading={refresh.pending}
          onClick={() => refresh.run({ mailboxId })}
        >
          {t('folders.refresh')}
        </Button>
      }
    >
      {folders.error && <ErrorNotice error={folders.error} />}
      {refresh.error && <ErrorNotice error={refresh.error} />}
      {folders.isPending && <RowSkeletons rows={6} height={30} />}
      {folders.data && <FoldersForm mailbox={mailbox} folders={folders.data} onSaved={readAgain} />}
    </Card>
  );
}
