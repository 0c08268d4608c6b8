import { Button, Checkbox, Group, Modal, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { MailboxId, TemplateId } from '../../src-shared/domain/ids.ts';
import { receives } from '../../src-shared/domain/mailbox-directions.ts';
import { isComplete, type SenderEntry } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { patternKind } from './sender-pattern.ts';
import { SenderPreview } from './sender-preview.tsx';

export interface SenderFormProps {
  readonly editing: SenderEntry | 'new' | null;
  readonly onClose: () => void;
}

export function SenderForm({ editing, onClose }: SenderFormProps) {
  const t = useText();
  const pattern = editing !== null && editing !== 'new' ? editing.settings.pattern : '';
  return (
    <Modal
      opened={editing !== null}
      onClose={onClose}
      size={560}
      title={pattern ? t('rules.sender.edit', { pattern }) : t('rules.sender.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {editing !== null && <Fields entry={editing === 'new' ? null : editing} onClose={onClose} />}
    </Modal>
  );
}

interface Values {
  readonly pattern: string;
  readonly templateId: string;
  /** Empty: every collection address. */
  readonly mailboxId: string;
  readonly receiving: boolean;
  readonly loadedToo: boolean;
}

function Fields({ entry, onClose }: { readonly entry: SenderEntry | null; readonly onClose: () => void }) {
  const t = useText();
  const saving = useAction('senders.save', { onSuccess: onClose });
  const form = useForm<Values>({
    initialValues: {
      pattern: entry?.settings.pattern ?? '',
      templateId: entry ? String(entry.settings.templateId) : '',
      mailboxId: entry?.settings.mailboxId ?? '',
      receiving: entry?.settings.receiving ?? true,
      loadedToo: false,
    },
    validateInputOnBlur: ['pattern'],
    validate: {
      pattern: (value) => (patternKind(value) === null ? t('rules.sender.pattern.invalid') : null),
      templateId: (value) => (value === '' ? t('rules.sender.template.pick') : null),
    },
  });
  const { pattern, mailboxId, receiving } = form.values;
  const kind = patternKind(pattern);
  const everybody = kind === 'everybody' && receiving;
  const scope = mailboxId === '' ? null : (mailboxId as MailboxId);
  const save = ({ templateId, loadedToo, ...rest }: Values) =>
    saving.run({
      senderEntryId: entry?.id ?? null,
      settings: { ...rest, templateId: Number(templateId) as TemplateId, mailboxId: scope },
      loadedToo: loadedToo && rest.receiving,
    });
  return (
    <form onSubmit={form.onSubmit(save)} noValidate>
      <Stack gap="md">
        <TextInput
          data-autofocus
          label={t('rules.sender.pattern')}
          description={t('rules.sender.pattern.hint')}
          placeholder="*@example.com"
          spellCheck={false}
          {...form.getInputProps('pattern')}
        />
        <TemplateAndMailbox template={form.getInputProps('templateId')} mailbox={form.getInputProps('mailboxId')} />
        <Switch
          label={t('rules.sender.receiving')}
          description={receiving ? undefined : t('rules.sender.receiving.off')}
          {...form.getInputProps('receiving', { type: 'checkbox' })}
        />
        {kind !== null && <SenderPreview pattern={pattern} mailboxId={scope} everybody={everybody} />}
        {kind !== null && receiving && (
          <Checkbox label={t('rules.sender.loaded-too')} {...form.getInputProps('loadedToo', { type: 'checkbox' })} />
        )}
        {saving.error && <ErrorNotice error={saving.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={saving.pending} {...(everybody ? { color: 'red.8' } : {})}>
            {everybody ? t('rules.sender.everybody.save') : t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type InputProps = ReturnType<ReturnType<typeof useForm<Values>>['getInputProps']>;

function TemplateAndMailbox({ template, mailbox }: { readonly template: InputProps; readonly mailbox: InputProps }) {
  const t = useText();
  const templates = useQuery('templates.list');
  const mailboxes = useQuery('mailboxes.list');
  const offered = templates.data ?? [];
  const collecting = (mailboxes.data ?? []).filter(
    ({ id, settings }) => (settings.collectsTickets && receives(settings)) || id === mailbox.value,
  );
  const noneReady = templates.data !== undefined && !offered.some(({ settings }) => isComplete(settings));
  return (
    <>
      <Select
        label={t('rules.sender.template')}
        {...(noneReady ? { description: t('rules.sender.empty.no-template') } : {})}
        allowDeselect={false}
        data={offered.map(({ id, settings }) => ({
          value: String(id),
          label: isComplete(settings) ? settings.name : `${settings.name} — ${t('rules.template.incomplete')}`,
          disabled: !isComplete(settings),
        }))}
        {...template}
      />
      <Select
        label={t('rules.sender.mailbox')}
        allowDeselect={false}
        data={[
          { value: '', label: t('rules.sender.mailbox.all') },
          ...collecting.map(({ id, settings }) => ({ value: id, label: settings.name })),
        ]}
        {...mailbox}
      />
    </>
  );
}
