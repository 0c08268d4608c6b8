import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { TemplateId } from '../../src-shared/domain/ids.ts';
import { isComplete } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { DeskItem } from './use-desk-list.ts';

export interface AllowSenderProps {
  readonly item: DeskItem;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A sender entry where none spoke for them; trust where they were suspected, and then what that means. */
export function AllowSender(props: AllowSenderProps) {
  return props.item.why === 'suspected-sender' ? <TrustSender {...props} /> : <AllowByTemplate {...props} />;
}

function useAllow({ item: { letter }, onClose }: AllowSenderProps) {
  const t = useText();
  const address = letter.from?.address ?? '';
  const allow = useAction('quarantine.allowSender', {
    onSuccess: ({ released }) => {
      onClose();
      notifications.show({ message: t('quarantine.allowed', { address, count: released }), color: 'teal' });
    },
  });
  return { address, allow };
}

function TrustSender(props: AllowSenderProps) {
  const t = useText();
  const { address, allow } = useAllow(props);
  return (
    <Confirm
      opened={props.opened}
      title={t('quarantine.trust.title', { address })}
      text={t('quarantine.trust.text')}
      verb={t('quarantine.trust.verb')}
      danger
      pending={allow.pending}
      error={allow.error}
      onConfirm={() => allow.run({ messageId: props.item.id, templateId: null })}
      onCancel={props.onClose}
    />
  );
}

function AllowByTemplate(props: AllowSenderProps) {
  const t = useText();
  const { opened, onClose, item } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('quarantine.allow.title', { address: item.letter.from?.address ?? '' })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {opened && <TemplateQuestion {...props} />}
    </Modal>
  );
}

function TemplateQuestion(props: AllowSenderProps) {
  const t = useText();
  const { allow } = useAllow(props);
  const templates = useQuery('templates.list');
  const [chosen, choose] = useState<string | null>(null);
  const offered = templates.data ?? [];
  const first = offered.find(({ settings }) => isComplete(settings));
  // The usual case is one template; with several the first is as good a guess as any, and seen.
  const value = chosen ?? (first ? String(first.id) : null);
  const error = allow.error ?? templates.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) allow.run({ messageId: props.item.id, templateId: Number(value) as TemplateId });
      }}
    >
      <Stack gap="lg">
        <Text>{t('quarantine.allow.text')}</Text>
        <Select
          data-autofocus
          label={t('quarantine.allow.template')}
          {...(templates.data && !first ? { description: t('quarantine.allow.noTemplate') } : {})}
          value={value}
          onChange={choose}
          allowDeselect={false}
          disabled={!first}
          data={offered.map(({ id, settings }) => ({
            value: String(id),
            label: isComplete(settings) ? settings.name : `${settings.name} — ${t('quarantine.allow.incomplete')}`,
            disabled: !isComplete(settings),
          }))}
        />
        {error && <ErrorNotice error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={allow.pending} disabled={value === null}>
            {t('quarantine.allow.verb')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
