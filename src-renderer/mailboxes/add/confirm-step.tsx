import { Button, Text, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import { type Mailbox, touchesServer } from '../../../src-shared/domain/mailbox.ts';
import { receives } from '../../../src-shared/domain/mailbox-directions.ts';
import { type AppError, isAppError } from '../../../src-shared/errors/errors.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useAction } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { LookPanel } from '../look/look-panel.tsx';
import { effectVerb, isDangerous } from '../look/look-words.ts';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { foldersOf, type Wizard } from './wizard.ts';
import { draftOf, settingsOf } from './wizard-draft.ts';

export interface ConfirmStepProps extends StepProps<Wizard> {
  readonly onAdded: (mailbox: Mailbox) => void;
}

/** Nothing has been touched yet: what adding will do, counted on the server. The last button carries it. */
export function ConfirmStep({ wizard, onChange, onBack, onAdded }: ConfirmStepProps) {
  const t = useText();
  const settings = settingsOf(wizard);
  const loads = receives(settings);
  const touches = touchesServer(settings);
  const folders = foldersOf(wizard);
  const look = useAction('mailboxes.look', { cancelOnLeave: true });
  const count = () => look.run({ draft: draftOf(wizard), folders: [...folders] });
  const add = useAction('mailboxes.add', {
    onSuccess: onAdded,
    // The settings touch more than was counted: counted again, and confirmed again.
    onError: (error) => isAppError(error, 'mailbox.not-confirmed') && count(),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted once, when the step opens.
  useEffect(() => (loads ? count() : undefined), []);
  const seen = look.pending ? undefined : look.value;
  const submit = () =>
    add.run({
      draft: draftOf(wizard),
      folders: (wizard.serverFolders ?? []).map((folder) => ({ ...folder, selected: folders.includes(folder.path) })),
      learnProviderId: wizard.learn ? (wizard.provider?.id ?? null) : null,
      confirmed: touches && seen !== undefined,
    });
  const change = (step: 'folders' | 'loading') => onChange({ ...wizard, express: false, step });
  const uncounted = !look.pending && look.input !== undefined && seen === undefined;
  return (
    <StepFrame
      title={t('wizard.confirm.title')}
      onBack={onBack}
      onNext={!loads || seen || (uncounted && !touches) ? submit : null}
      nextLabel={(seen && effectVerb(t, settings.afterwards, seen)) ?? t('wizard.confirm.add')}
      danger={isDangerous(settings)}
      pending={add.pending}
    >
      {loads ? (
        <LookPanel look={look} settings={settings} folders={folders.length} onCount={count} />
      ) : (
        <SenderPart wizard={wizard} onChange={onChange} />
      )}
      {uncounted && (
        <Text fz={13} c="dimmed">
          {t(touches ? 'look.needed' : 'wizard.confirm.notCounted')}
        </Text>
      )}
      {wizard.express && loads && (
        <div>
          <Button size="xs" variant="default" onClick={() => change('folders')}>
            {t('wizard.confirm.choose')}
          </Button>
        </div>
      )}
      {add.error && <NotAdded error={add.error} onRename={loads ? () => change('loading') : null} onRetry={submit} />}
    </StepFrame>
  );
}

/** Of a mailbox that only sends there is nothing to count: who its letters are from is what is left to decide. */
function SenderPart({ wizard, onChange }: Pick<StepProps<Wizard>, 'wizard' | 'onChange'>) {
  const t = useText();
  return (
    <>
      <Text fz={13}>{t('wizard.confirm.sends')}</Text>
      <TextInput
        label={t('sender.name')}
        value={wizard.senderName}
        onChange={({ currentTarget }) => onChange({ ...wizard, senderName: currentTarget.value })}
        maxLength={200}
      />
      <TextInput
        label={t('wizard.loading.name')}
        value={wizard.name}
        onChange={({ currentTarget }) => onChange({ ...wizard, name: currentTarget.value })}
        maxLength={120}
      />
    </>
  );
}

interface NotAddedProps {
  readonly error: AppError;
  /** Null: the name is on this step. */
  readonly onRename: (() => void) | null;
  readonly onRetry: () => void;
}

function NotAdded({ error, onRename, onRetry }: NotAddedProps) {
  const t = useText();
  if (isAppError(error, 'mailbox.not-confirmed')) return <ErrorNotice error={error} tone="late" />;
  const action =
    isAppError(error, 'mailbox.name-taken') && onRename
      ? { label: t('wizard.confirm.nameTaken'), run: onRename }
      : { label: t('action.retry'), run: onRetry };
  return <ErrorNotice error={error} action={action} />;
}
