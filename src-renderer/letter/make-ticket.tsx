import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { MessageId, TemplateId, TicketId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface MakeTicketProps {
  readonly messageId: MessageId | null;
  readonly onDone: (ticketId: TicketId) => void;
  readonly onClose: () => void;
}

/** A ticket of a letter for which no sender entry spoke. */
export function MakeTicket({ messageId, onDone, onClose }: MakeTicketProps) {
  const t = useText();
  return (
    <Modal
      opened={messageId !== null}
      onClose={onClose}
      title={t('mail.make-ticket.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {messageId !== null && <TemplateChoice messageId={messageId} onDone={onDone} onClose={onClose} />}
    </Modal>
  );
}

function TemplateChoice({ messageId, onDone, onClose }: MakeTicketProps & { readonly messageId: MessageId }) {
  const t = useText();
  const templates = useQuery('templates.list');
  const [chosen, choose] = useState<string | null>(null);
  const making = useAction('tickets.makeFromLetter', { onSuccess: (ticket) => onDone(ticket.summary.id) });
  const first = templates.data?.[0];
  // The usual case is one template; with several the first is as good a guess as any, and seen.
  const value = chosen ?? (first ? String(first.id) : '');
  const templateId = value === '' ? null : (Number(value) as TemplateId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        making.run({ messageId, templateId });
      }}
    >
      <Stack gap="lg">
        <Text c="dimmed" fz="sm">
          {t('mail.make-ticket.text')}
        </Text>
        <Select
          data-autofocus
          label={t('mail.make-ticket.template')}
          value={value}
          onChange={choose}
          allowDeselect={false}
          disabled={!templates.data}
          data={[
            ...(templates.data ?? []).map(({ id, settings }) => ({ value: String(id), label: settings.name })),
            { value: '', label: t('mail.make-ticket.no-template') },
          ]}
        />
        {(making.error ?? templates.error) && <ErrorNotice error={(making.error ?? templates.error) as never} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={making.pending} disabled={!templates.data}>
            {t('mail.make-ticket')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
