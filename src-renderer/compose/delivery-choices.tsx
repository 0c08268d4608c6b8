import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { OutgoingId } from '../../src-shared/domain/ids.ts';
import type { OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Confirm } from '../ui/confirm.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';

export interface DeliveryChoicesProps {
  readonly outgoingId: OutgoingId;
  readonly state: OutgoingState;
}

/** What a person can do about an answer in its state. After `unknown` nothing is sent twice without being asked. */
export function DeliveryChoices({ outgoingId, state }: DeliveryChoicesProps) {
  const t = useText();
  const [asking, ask] = useState(false);
  const again = useAction('outbox.sendAgain', { onSuccess: () => ask(false) });
  const cancelling = useAction('outbox.cancel');
  const delivered = useAction('outbox.markDelivered');
  const one = { outgoingId };
  const error = cancelling.error ?? delivered.error ?? (asking ? null : again.error);
  if (state === 'accepted' || state === 'sending') return null;
  return (
    <>
      <Group gap={8}>
        {state === 'queued' && (
          <Button size="xs" variant="default" loading={cancelling.pending} onClick={() => cancelling.run(one)}>
            {t('outbox.cancel')}
          </Button>
        )}
        {state === 'unknown' && (
          <Button size="xs" variant="default" loading={delivered.pending} onClick={() => delivered.run(one)}>
            {t('outbox.mark-delivered')}
          </Button>
        )}
        {state !== 'queued' && (
          <Button
            size="xs"
            variant="default"
            loading={again.pending}
            onClick={() => (state === 'unknown' ? ask(true) : again.run(one))}
          >
            {t('outbox.send-again')}
          </Button>
        )}
      </Group>
      {error && <ErrorNotice error={error} />}
      <Confirm
        opened={asking}
        title={t('outbox.send-again.confirm')}
        text={t('outbox.send-again.unknown')}
        verb={t('outbox.send-again')}
        danger
        pending={again.pending}
        error={again.error}
        onConfirm={() => again.run(one)}
        onCancel={() => ask(false)}
      />
    </>
  );
}
