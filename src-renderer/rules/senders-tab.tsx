import { ActionIcon, Badge, Button, Group, Switch } from '@mantine/core';
import { IconAt, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SenderEntry } from '../../src-shared/domain/ticket.ts';
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
import { SenderForm } from './sender-form.tsx';
import { byDecision, patternKind } from './sender-pattern.ts';

/** Whose letters become tickets, and by which template (R165–R169), in the order in which the entries decide. */
export function SendersTab({ onAddTemplate }: { readonly onAddTemplate: () => void }) {
  const t = useText();
  const senders = useQuery('senders.list');
  const mailboxes = useQuery('mailboxes.list');
  const templates = useQuery('templates.list');
  const [editing, edit] = useState<SenderEntry | 'new' | null>(null);
  const [removing, remove] = useState<SenderEntry | null>(null);
  if (senders.error) return <ErrorNotice error={senders.error} />;
  if (!senders.data) return <RowSkeletons rows={3} height={60} />;
  const nameOf = (id: string) => mailboxes.data?.find((mailbox) => mailbox.id === id)?.settings.name ?? '';
  return (
    <>
      {senders.data.length === 0 ? (
        <EmptyState
          icon={IconAt}
          text={templates.data?.length === 0 ? t('rules.sender.empty.no-template') : t('rules.sender.empty.text')}
          action={
            templates.data?.length === 0
              ? { label: t('rules.template.add'), run: onAddTemplate }
              : { label: t('rules.sender.add'), run: () => edit('new') }
          }
        />
      ) : (
        <Card
          flush
          aside={
            <>
              <p className={classes.order}>{t('rules.sender.order')}</p>
              <Button
                ml="auto"
                flex="none"
                leftSection={<IconPlus size={16} aria-hidden />}
                onClick={() => edit('new')}
              >
                {t('rules.sender.add')}
              </Button>
            </>
          }
        >
          <ol className={classes.rows} aria-label={t('rules.tab.senders')}>
            {[...senders.data].sort(byDecision).map((entry) => (
              <SenderRow key={entry.id} entry={entry} nameOf={nameOf} onEdit={edit} onRemove={remove} />
            ))}
          </ol>
        </Card>
      )}
      <SenderForm editing={editing} onClose={() => edit(null)} />
      <RemoveSender entry={removing} onClose={() => remove(null)} />
    </>
  );
}

interface SenderRowProps {
  readonly entry: SenderEntry;
  readonly nameOf: (mailboxId: string) => string;
  readonly onEdit: (entry: SenderEntry) => void;
  readonly onRemove: (entry: SenderEntry) => void;
}

function SenderRow({ entry, nameOf, onEdit, onRemove }: SenderRowProps) {
  const t = useText();
  const saving = useAction('senders.save');
  const { settings, templateName, demo } = entry;
  const { pattern, mailboxId, receiving } = settings;
  const kind = patternKind(pattern);
  return (
    <li
      className={classes.row}
      data-off={!receiving || undefined}
      data-danger={(kind === 'everybody' && receiving) || undefined}
    >
      <div className={classes.words}>
        <div className={classes.name}>
          <span className={classes.pattern} data-selectable>
            {pattern}
          </span>
          {kind === 'everybody' && receiving && <StateBadge tone="bad" word={t('rules.sender.kind.everybody')} />}
          {demo && (
            <Badge size="xs" variant="default">
              {t('rules.demo')}
            </Badge>
          )}
        </div>
        <div className={classes.facts}>
          {[
            kind && kind !== 'everybody' ? t(`rules.sender.kind.${kind}`) : '',
            templateName,
            mailboxId === null ? t('rules.sender.mailbox.all') : nameOf(mailboxId),
            receiving ? '' : t('rules.sender.off'),
          ]
            .filter((fact) => fact !== '')
            .join(' · ')}
        </div>
        {saving.error && <ErrorNotice error={saving.error} />}
      </div>
      <Switch
        checked={receiving}
        disabled={saving.pending}
        aria-label={t('rules.sender.receiving-named', { pattern })}
        title={t(receiving ? 'rules.sender.receiving' : 'rules.sender.receiving.off')}
        onChange={(event) => {
          const next = { ...settings, receiving: event.currentTarget.checked };
          // Everybody's letters are never switched on without the numbers in view.
          if (kind === 'everybody' && next.receiving) onEdit({ ...entry, settings: next });
          else saving.run({ senderEntryId: entry.id, settings: next });
        }}
      />
      <Group gap={4} wrap="nowrap">
        <ActionIcon onClick={() => onEdit(entry)} aria-label={t('rules.sender.edit-named', { pattern })}>
          <IconPencil size={16} />
        </ActionIcon>
        <ActionIcon onClick={() => onRemove(entry)} aria-label={t('rules.sender.remove-named', { pattern })}>
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </li>
  );
}

function RemoveSender({ entry, onClose }: { readonly entry: SenderEntry | null; readonly onClose: () => void }) {
  const t = useText();
  const removing = useAction('senders.remove', { onSuccess: onClose });
  const [shown, setShown] = useState(entry);
  if (entry && entry !== shown) setShown(entry);
  return (
    <Confirm
      opened={entry !== null}
      title={t('rules.sender.remove.title', { pattern: shown?.settings.pattern ?? '' })}
      text={t('rules.sender.remove.text')}
      verb={t('rules.sender.remove.do')}
      danger
      pending={removing.pending}
      error={removing.error}
      onConfirm={() => {
        if (entry) removing.run({ senderEntryId: entry.id });
      }}
      onCancel={onClose}
    />
  );
}
