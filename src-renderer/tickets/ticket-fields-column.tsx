import { Autocomplete, Button, Group } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Ticket, TicketFields, TicketTemplate } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { AttachmentList } from '../letter/attachment-list.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './ticket-fields-column.module.css';

const fieldNames = ['type', 'customer', 'object', 'workKind', 'criticality'] as const;
type FieldName = (typeof fieldNames)[number];

/** What the template filled in and an agent may change; who has it; every file of the ticket. */
export function TicketFieldsColumn({ ticket }: { readonly ticket: Ticket }) {
  const t = useText();
  const { summary, entries } = ticket;
  const mailboxes = useQuery('mailboxes.list');
  const mailbox = mailboxes.data?.find(({ id }) => id === summary.mailboxId);
  const letters = entries.filter((entry) => entry.kind === 'letter' && entry.attachments.length > 0);
  return (
    <aside className={classes.column} aria-label={t('ticket.fields')}>
      <dl className={classes.facts}>
        <Fact name={t('ticket.field.assignee')} value={summary.assignee || t('tickets.unassigned')} />
        <Fact name={t('ticket.template')} value={summary.templateName || t('ticket.no-template')} />
        <Fact name={t('ticket.mailbox')} value={mailbox?.settings.name ?? ''} />
      </dl>
      <FieldsForm key={summary.id} ticket={ticket} />
      {letters.length > 0 && (
        <section>
          <h2 className={classes.title}>{t('ticket.attachments')}</h2>
          {letters.map(
            (entry) =>
              entry.kind === 'letter' && (
                <AttachmentList
                  key={entry.messageId}
                  messageId={entry.messageId}
                  attachments={entry.attachments}
                  bare
                />
              ),
          )}
        </section>
      )}
    </aside>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function FieldsForm({ ticket }: { readonly ticket: Ticket }) {
  const t = useText();
  const { id: ticketId, fields } = ticket.summary;
  // Only what was changed here: the rest follows the ticket, whoever changes it.
  const [changed, setChanged] = useState<Partial<TicketFields>>({});
  const templates = useQuery('templates.list');
  const saving = useAction('tickets.setFields', { onSuccess: () => setChanged({}) });
  const next = { ...fields, ...changed };
  const dirty = fieldNames.some((name) => next[name] !== fields[name]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (dirty) saving.run({ ticketId, fields: next });
  };
  return (
    <form className={classes.form} onSubmit={save}>
      {fieldNames.map((name) => (
        <Autocomplete
          key={name}
          label={t(`ticket.field.${name}`)}
          placeholder={t('ticket.field.empty')}
          value={next[name]}
          maxLength={200}
          onChange={(value) => setChanged({ ...changed, [name]: value })}
          data={valuesOf(templates.data ?? [], name)}
          comboboxProps={{ shadow: 'md' }}
        />
      ))}
      {saving.error && <ErrorNotice error={saving.error} />}
      {dirty && (
        <Group gap={8} grow>
          <Button variant="default" onClick={() => setChanged({})}>
            {t('ticket.fields.undo')}
          </Button>
          <Button type="submit" loading={saving.pending}>
            {t('ticket.fields.save')}
          </Button>
        </Group>
      )}
    </form>
  );
}

/** What the templates know for a field: offered, not demanded. */
function valuesOf(templates: readonly TicketTemplate[], name: FieldName): string[] {
  return [...new Set(templates.map(({ settings }) => settings.fields[name]).filter((value) => value !== ''))];
}
