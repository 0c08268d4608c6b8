import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect } from 'react';
import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import type { AppError } from '../../../src-shared/errors/errors.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import classes from './look.module.css';
import { LookPanel } from './look-panel.tsx';
import { effectVerb, isDangerous } from './look-words.ts';

export interface LookDialogProps {
  readonly draft: MailboxDraft;
  /** Paths of the folders to be loaded. */
  readonly folders: readonly string[];
  readonly saving: boolean;
  readonly error: AppError | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Stands between Save and the server: the figures, and the one button that confirms them. */
export function LookDialog({ draft, folders, saving, error, onConfirm, onClose }: LookDialogProps) {
  const t = useText();
  const look = useAction('mailboxes.look', { cancelOnLeave: true });
  const count = () => look.run({ draft, folders: [...folders] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted once, when it opens.
  useEffect(count, []);
  const { settings } = draft;
  const danger = isDangerous(settings);
  const seen = look.pending ? undefined : look.value;
  return (
    <Modal
      opened
      onClose={onClose}
      size={720}
      title={t('look.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        <LookPanel look={look} settings={settings} folders={folders.length} onCount={count} />
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end" gap="sm" className={classes.foot}>
          <Button variant="default" onClick={onClose} data-autofocus={danger || undefined}>
            {t('action.cancel')}
          </Button>
          <Button
            {...(danger ? { color: 'red.8' } : {})}
            disabled={seen === undefined}
            loading={saving}
            onClick={onConfirm}
          >
            {(seen && effectVerb(t, settings.afterwards, seen)) ?? t('action.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
