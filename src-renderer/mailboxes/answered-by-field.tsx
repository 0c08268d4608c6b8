import { Select, Stack } from '@mantine/core';
import { type MailboxId, mailboxIdSchema } from '../../src-shared/domain/ids.ts';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';

export interface AnsweredByFieldProps {
  readonly mailbox: Mailbox;
  readonly value: MailboxId | null;
  readonly onChange: (value: MailboxId | null) => void;
}

/** Of those that can send: the one by which the answers of a mailbox leave that only receives. */
export function AnsweredByField({ mailbox, value, onChange }: AnsweredByFieldProps) {
  const t = useText();
  const { data: mailboxes = [] } = useQuery('mailboxes.list');
  const senders = mailboxes.filter(({ id, settings }) => id !== mailbox.id && settings.outgoing !== null);
  return (
    <Stack gap="md" mb={value === null ? 0 : 'md'} maw={560}>
      <Select
        label={t('answeredBy.label')}
        description={senders.length === 0 ? t('answeredBy.none') : t('answeredBy.hint')}
        placeholder={t('answeredBy.nobody')}
        value={value}
        onChange={(id) => onChange(id === null ? null : mailboxIdSchema.parse(id))}
        data={senders.map(({ id, settings }) => ({ value: id, label: settings.name }))}
        clearable
        disabled={senders.length === 0 && value === null}
      />
    </Stack>
  );
}
