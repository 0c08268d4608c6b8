import { ActionIcon, Badge, Button, Group } from '@mantine/core';
import { IconPencil, IconPlus, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { isComplete, type TicketTemplate } from '../../src-shared/domain/ticket.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import classes from './rule-rows.module.css';
import { TemplateForm } from './template-form.tsx';

/** What letters become (R145–R156). */
export function TemplatesTab({ startsNew }: { readonly startsNew: boolean }) {
  const t = useText();
  const templates = useQuery('templates.list');
  const [editing, edit] = useState<TicketTemplate | 'new' | null>(startsNew ? 'new' : null);
  const [removing, remove] = useState<TicketTemplate | null>(null);
  if (templates.error) return <ErrorNotice error={templates.error} />;
  if (!templates.data) return <RowSkeletons rows={3} height={60} />;
  return (
    <>
      {templates.data.length === 0 ? (
        <EmptyState
          icon={IconTemplate}
          text={t('rules.template.empty.text')}
          action={{ label: t('rules.template.add'), run: () => edit('new') }}
        />
      ) : (
        <Card
          flush
          aside={
            <Button ml="auto" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => edit('new')}>
              {t('rules.template.add')}
            </Button>
          }
        >
          <ul className={classes.rows} aria-label={t('rules.tab.templates')}>
            {templates.data.map((template) => (
              <TemplateRow key={template.id} template={template} onEdit={edit} onRemove={remove} />
            ))}
          </ul>
        </Card>
      )}
      <TemplateForm editing={editing} onClose={() => edit(null)} />
      <RemoveTemplate template={removing} onClose={() => remove(null)} />
    </>
  );
}

interface TemplateRowProps {
  readonly template: TicketTemplate;
  readonly onEdit: (template: TicketTemplate) => void;
  readonly onRemove: (template: TicketTemplate) => void;
}

function TemplateRow({ template, onEdit, onRemove }: TemplateRowProps) {
  const t = useText();
  const { settings, usedBy, demo } = template;
  const { name, fields } = settings;
  const facts = [
    fields.type,
    fields.customer || t('rules.template.all-customers'),
    fields.object,
    fields.workKind,
    fields.criticality,
  ];
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {name}
          {demo && (
            <Badge size="xs" variant="default">
              {t('rules.demo')}
            </Badge>
          )}
        </div>
        <div className={classes.facts}>{facts.filter((fact) => fact !== '').join(' · ')}</div>
      </div>
      <div className={classes.state}>
        {isComplete(settings) ? (
          <span className={classes.facts}>
            {usedBy > 0 ? t('rules.template.used', { count: usedBy }) : t('rules.template.unused')}
          </span>
        ) : (
          <StateBadge tone="late" word={t('rules.template.incomplete')} />
        )}
      </div>
      <Group gap={4} wrap="nowrap">
        <ActionIcon onClick={() => onEdit(template)} aria-label={t('rules.template.edit-named', { name })}>
          <IconPencil size={16} />
        </ActionIcon>
        <ActionIcon onClick={() => onRemove(template)} aria-label={t('rules.template.remove-named', { name })}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </li>
  );
}

function RemoveTemplate({
  template,
  onClose,
}: {
  readonly template: TicketTemplate | null;
  readonly onClose: () => void;
}) {
  const t = useText();
  const removing = useAction('templates.remove', { onSuccess: onClose });
  // While the dialogue closes it still shows what it was about.
  const [shown, setShown] = useState(template);
  if (template && template !== shown) setShown(template);
  const used = shown?.usedBy ?? 0;
  return (
    <Confirm
      opened={template !== null}
      title={t('rules.template.remove.title', { name: shown?.settings.name ?? '' })}
      text={used > 0 ? t('rules.template.remove.used', { count: used }) : t('rules.template.remove.text')}
      verb={t('rules.template.remove.do')}
      danger
      pending={removing.pending}
      error={removing.error instanceof AppError ? removing.error : null}
      onConfirm={() => {
        if (template) removing.run({ templateId: template.id });
      }}
      onCancel={() => {
        removing.reset();
        onClose();
      }}
    />
  );
}
