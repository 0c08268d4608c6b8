import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { MailboxDraft } from '../../src-shared/contract/mailboxes.ts';
import type { Folder } from '../../src-shared/domain/folder.ts';
import { type Mailbox, touchesServer } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { type FolderChoice, loadedPaths } from './folder-choice.ts';
import { FolderTicks } from './folder-ticks.tsx';
import { LookDialog } from './look/look-dialog.tsx';

export interface FoldersFormProps {
  readonly mailbox: Mailbox;
  readonly folders: readonly Folder[];
  readonly onSaved: () => Promise<unknown>;
}

/** The choice of folders, saved by itself. More folders are more letters: where those are touched, it is counted and confirmed. */
export function FoldersForm({ mailbox, folders, onSaved }: FoldersFormProps) {
  const t = useText();
  const stored: FolderChoice = {
    which: mailbox.settings.loading.folders,
    ticked: folders.filter(({ selected }) => selected).map(({ path }) => path),
  };
  /** Null: as stored. */
  const [typed, setTyped] = useState<FolderChoice | null>(null);
  const [looking, setLooking] = useState(false);
  const choice = typed ?? stored;
  const { settings } = mailbox;
  const pathsOf = (one: FolderChoice) => loadedPaths(folders, one, settings.afterwards);
  const paths = pathsOf(choice);
  const more = choice.which !== stored.which || paths.some((path) => !pathsOf(stored).includes(path));
  const draft: MailboxDraft = {
    settings: { ...settings, loading: { ...settings.loading, folders: choice.which } },
    password: null,
    outgoingPassword: null,
    mailboxId: mailbox.id,
  };
  const save = useSaveFolders(draft, {
    onSaved: () => {
      setLooking(false);
      notifications.show({ message: t('folders.saved') });
      // The typed ticks stay until the stored ones have come: nothing flickers back.
      void onSaved().then(() => setTyped(null));
    },
    onUnconfirmed: () => setLooking(true),
  });
  const selected = folders.filter(({ path }) => paths.includes(path)).map(({ id }) => id);
  const submit = () => {
    if (more && touchesServer(settings)) setLooking(true);
    else save.run(selected, stored.which !== choice.which, false);
  };
  return (
    <>
      <FolderTicks folders={folders} choice={choice} onChange={setTyped} />
      {save.error && !looking && <ErrorNotice error={save.error} />}
      {typed !== null && !sameChoice(typed, stored) && (
        <Group justify="flex-end" gap="sm" mt="md">
          <Button variant="default" onClick={() => setTyped(null)}>
            {t('mailboxPage.discard')}
          </Button>
          <Button loading={save.pending && !looking} onClick={submit}>
            {t('folders.save')}
          </Button>
        </Group>
      )}
      {looking && (
        <LookDialog
          draft={draft}
          folders={paths}
          saving={save.pending}
          error={save.error}
          onConfirm={() => save.run(selected, stored.which !== choice.which, true)}
          onClose={() => setLooking(false)}
        />
      )}
    </>
  );
}

interface SaveCallbacks {
  readonly onSaved: () => void;
  readonly onUnconfirmed: () => void;
}

/** Ticks first: `all` loads what is new beyond them, so that a failure between the two leaves less loaded, never more. */
function useSaveFolders(draft: MailboxDraft, { onSaved, onUnconfirmed }: SaveCallbacks) {
  const select = useAction('folders.select');
  const update = useAction('mailboxes.update');
  const run = async (selected: Folder['id'][], otherWhich: boolean, confirmed: boolean) => {
    const { mailboxId } = draft;
    if (mailboxId === null) return;
    try {
      await select.runNow({ mailboxId, selected, confirmed });
      if (otherWhich) await update.runNow({ draft, confirmed });
      onSaved();
    } catch (error) {
      // Shown by what has failed, unless it only asks for a look.
      if (isAppError(error, 'mailbox.not-confirmed')) onUnconfirmed();
    }
  };
  const error = select.error ?? update.error;
  return {
    run: (selected: Folder['id'][], otherWhich: boolean, confirmed: boolean) =>
      void run(selected, otherWhich, confirmed),
    pending: select.pending || update.pending,
    error: isAppError(error, 'mailbox.not-confirmed') ? null : error,
  };
}

function sameChoice(one: FolderChoice, other: FolderChoice): boolean {
  return one.which === other.which && [...one.ticked].sort().join('\n') === [...other.ticked].sort().join('\n');
}
