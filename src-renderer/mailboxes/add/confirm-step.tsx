import { Button, Skeleton, Table, Text } from '@mantine/core';
import { useEffect } from 'react';
import type { LoadPreview } from '../../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../../src-shared/errors/errors.ts';
import { useText } from '../../i18n/i18n.tsx';
import { type Action, useAction } from '../../ipc/use-action.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './add-mailbox.module.css';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { draftOf, type Wizard } from './wizard.ts';

export interface ConfirmStepProps extends StepProps<Wizard> {
  readonly onAdded: (mailbox: Mailbox) => void;
}

/** Nothing has been touched yet: what adding will do, counted on the server. */
export function ConfirmStep({ wizard, onChange, onBack, onAdded }: ConfirmStepProps) {
  const t = useText();
  const preview = useAction('mailboxes.previewLoad', { cancelOnLeave: true });
  const add = useAction('mailboxes.add', { onSuccess: onAdded });
  const count = () => preview.run({ draft: draftOf(wizard), folders: [...wizard.ticked], period: wizard.period });
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted once, when the step opens.
  useEffect(count, []);
  const submit = () =>
    add.run({
      draft: draftOf(wizard),
      folders: (wizard.serverFolders ?? []).map((folder) => ({
        ...folder,
        selected: wizard.ticked.includes(folder.path),
      })),
      learnProviderId: wizard.learn ? (wizard.provider?.id ?? null) : null,
    });
  const change = (step: 'folders' | 'loading') => onChange({ ...wizard, express: false, step });
  const nameTaken = isAppError(add.error, 'mailbox.name-taken');
  return (
    <StepFrame
      title={t('wizard.confirm.title')}
      onBack={onBack}
      onNext={preview.value || preview.error ? submit : null}
      nextLabel={t('wizard.confirm.add')}
      pending={add.pending}
    >
      <Outcome wizard={wizard} preview={preview} onCountAgain={count} />
      {wizard.express && (
        <div>
          <Button size="xs" variant="default" onClick={() => change('folders')}>
            {t('wizard.confirm.choose')}
          </Button>
        </div>
      )}
      {add.error && (
        <ErrorNotice
          error={add.error}
          action={
            nameTaken
              ? { label: t('wizard.confirm.nameTaken'), run: () => change('loading') }
              : { label: t('action.retry'), run: submit }
          }
        />
      )}
    </StepFrame>
  );
}

interface OutcomeProps {
  readonly wizard: Wizard;
  readonly preview: Action<'mailboxes.previewLoad'>;
  readonly onCountAgain: () => void;
}

function Outcome({ wizard, preview, onCountAgain }: OutcomeProps) {
  const t = useText();
  if (preview.error) {
    return (
      <>
        <ErrorNotice error={preview.error} action={{ label: t('action.retry'), run: onCountAgain }} />
        <Text fz={13} c="dimmed">
          {t('wizard.confirm.notCounted')}
        </Text>
      </>
    );
  }
  return (
    <div className={classes.outcome} aria-live="polite" aria-busy={preview.value === undefined}>
      {preview.value ? (
        <Numbers preview={preview.value} />
      ) : (
        <>
          <Skeleton height={20} width={220} my={8} />
          <Text c="dimmed">{t('wizard.confirm.counting')}</Text>
        </>
      )}
      {!wizard.automatic && <Text>{t('wizard.confirm.later')}</Text>}
      <Text>{t(wizard.collectsTickets ? 'wizard.confirm.tickets' : 'wizard.confirm.noTickets')}</Text>
      {preview.value && preview.value.folders.length > 1 && <ByFolder preview={preview.value} />}
    </div>
  );
}

function Numbers({ preview }: { readonly preview: LoadPreview }) {
  const t = useText();
  return (
    <>
      <p className={classes.big}>{t('wizard.confirm.toLoad', { count: preview.toLoad })}</p>
      <Text>
        {t('wizard.confirm.untouched', {
          marked: t('wizard.confirm.toMark', { count: preview.toMark }),
          moved: t('wizard.confirm.toMove', { count: preview.toMove }),
          deleted: t('wizard.confirm.toDelete', { count: preview.toDelete }),
        })}
      </Text>
    </>
  );
}

function ByFolder({ preview }: { readonly preview: LoadPreview }) {
  const t = useText();
  const format = useFormats();
  return (
    <Table className={classes.table} verticalSpacing={4} horizontalSpacing={0} mt={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th fw={500}>{t('wizard.confirm.folder')}</Table.Th>
          <Table.Th fw={500}>{t('wizard.confirm.onServer')}</Table.Th>
          <Table.Th fw={500}>{t('wizard.confirm.load')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {preview.folders.map(({ path, onServer, toLoad }) => (
          <Table.Tr key={path}>
            <Table.Td>{path}</Table.Td>
            <Table.Td>{format.wholeNumber(onServer)}</Table.Td>
            <Table.Td>{format.wholeNumber(toLoad)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
