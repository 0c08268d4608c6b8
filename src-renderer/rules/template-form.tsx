import { Button, Group, Modal, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconInfoCircle } from '@tabler/icons-react';
import { isComplete, type TicketTemplate, type TicketTemplateSettings } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { StateBadge } from '../ui/state-badge.tsx';

export interface TemplateFormProps {
  readonly editing: TicketTemplate | 'new' | null;
  readonly onClose: () => void;
}

const blank: TicketTemplateSettings = {
  name: '',
  fields: { type: '', customer: '', object: '', workKind: '', criticality: '' },
};

export function TemplateForm({ editing, onClose }: TemplateFormProps) {
  const t = useText();
  const name = editing !== null && editing !== 'new' ? editing.settings.name : '';
  return (
    <Modal
      opened={editing !== null}
      onClose={onClose}
      size={560}
      title={name ? t('rules.template.edit', { name }) : t('rules.template.new')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {editing !== null && <Fields template={editing === 'new' ? null : editing} onClose={onClose} />}
    </Modal>
  );
}

function Fields({ template, onClose }: { readonly template: TicketTemplate | null; readonly onClose: () => void }) {
  const t = useText();
  const saving = useAction('templates.save', { onSuccess: onClose });
  const form = useForm<TicketTemplateSettings>({
    initialValues: template?.settings ?? blank,
    validate: { name: (value) => (value.trim() === '' ? t('rules.template.name.needed') : null) },
  });
  const complete = isComplete(form.values);
  return (
    <form onSubmit={form.onSubmit((settings) => saving.run({ templateId: template?.id ?? null, settings }))} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus label={t('rules.template.name')} maxLength={200} {...form.getInputProps('name')} />
        <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
          <TextInput label={t('ticket.field.object')} maxLength={200} {...form.getInputProps('fields.object')} />
          <TextInput label={t('ticket.field.workKind')} maxLength={200} {...form.getInputProps('fields.workKind')} />
          <TextInput label={t('ticket.field.type')} maxLength={200} {...form.getInputProps('fields.type')} />
          <TextInput
            label={t('ticket.field.criticality')}
            maxLength={200}
            {...form.getInputProps('fields.criticality')}
          />
        </SimpleGrid>
        <TextInput
          label={t('ticket.field.customer')}
          description={t('rules.template.customer.hint')}
          maxLength={200}
          {...form.getInputProps('fields.customer')}
        />
        {complete ? (
          <StateBadge tone="good" word={t('rules.template.complete')} plain />
        ) : (
          <StateBadge tone="idle" icon={IconInfoCircle} word={t('rules.template.needs')} plain />
        )}
        {saving.error && <ErrorNotice error={saving.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={saving.pending}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
