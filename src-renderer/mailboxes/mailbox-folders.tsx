import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { Folder } from '../../src-shared/domain/folder.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { FolderTicks } from './folder-ticks.tsx';

/** Which folders are loaded (R129, R130, D11). The list can be read from the server again; the ticks stay. */
export function MailboxFolders({ mailbox: { id: mailboxId } }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const folders = useQuery('folders.list', { mailboxId });
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
      {folders.data && <Ticks mailboxId={mailboxId} folders={folders.data} onSaved={() => folders.refetch()} />}
    </Card>
  );
}

interface TicksProps {
  readonly mailboxId: Mailbox['id'];
  readonly folders: readonly Folder[];
  readonly onSaved: () => Promise<unknown>;
}

function Ticks({ mailboxId, folders, onSaved }: TicksProps) {
  const t = useText();
  const stored = folders.filter(({ selected }) => selected).map(({ path }) => path);
  /** Null: as stored. */
  const [typed, setTyped] = useState<readonly string[] | null>(null);
  const ticked = typed ?? stored;
  const changed = typed !== null && [...typed].sort().join('\n') !== [...stored].sort().join('\n');
  const save = useAction('folders.select', {
    onSuccess: () => {
      notifications.show({ message: t('folders.saved') });
      // The typed ticks stay until the stored ones have come: nothing flickers back.
      void onSaved().then(() => setTyped(null));
    },
  });
  return (
    <>
      <FolderTicks folders={folders} ticked={ticked} onChange={setTyped} />
      {save.error && <ErrorNotice error={save.error} />}
      {changed && (
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={() => setTyped(null)}>
            {t('mailboxPage.discard')}
          </Button>
          <Button
            loading={save.pending}
            onClick={() =>
              save.run({
                mailboxId,
                selected: folders.filter(({ path }) => ticked.includes(path)).map(({ id }) => id),
              })
            }
          >
            {t('folders.save')}
          </Button>
        </Group>
      )}
    </>
  );
}
