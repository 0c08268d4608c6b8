import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import type { QuarantineWhy } from '../../src-shared/domain/ledger.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import type { DeskItem } from './use-desk-list.ts';

export type DeskVerb = 'ticket' | 'allow' | 'retry' | 'dismiss' | 'fetch';

/** What can be done about a letter, the likely first. */
const verbsOf: Readonly<Record<QuarantineWhy, readonly DeskVerb[]>> = {
  'no-sender-entry': ['ticket', 'allow', 'retry', 'dismiss'],
  'no-sender': ['ticket', 'retry', 'dismiss'],
  unreadable: ['retry', 'ticket', 'dismiss'],
  'too-large': ['fetch', 'ticket', 'dismiss'],
  'suspected-sender': ['dismiss', 'ticket', 'allow', 'retry'],
};

export function verbsFor({ why, dismissed, letter }: DeskItem): readonly DeskVerb[] {
  if (dismissed) return ['dismiss', 'ticket'];
  return verbsOf[why].filter((verb) => verb !== 'allow' || letter.from !== null);
}

export interface DeskActions {
  readonly verbs: readonly DeskVerb[];
  readonly does: (verb: DeskVerb) => void;
  readonly pending: DeskVerb | null;
  readonly error: AppError | null;
  readonly cancelFetch: () => void;
  /** The question that is open. */
  readonly asking: 'ticket' | 'allow' | null;
  readonly closeQuestion: () => void;
  readonly ticketMade: (ticketId: TicketId) => void;
}

/** Everything that can be done with the letter in hand, by button and by key alike. */
export function useDeskActions(item: DeskItem | undefined): DeskActions {
  const t = useText();
  const navigate = useNavigate();
  const [asking, ask] = useState<'ticket' | 'allow' | null>(null);
  const retry = useAction('quarantine.retry', {
    onSuccess: ({ released }) =>
      void notifications.show({ message: t(released > 0 ? 'quarantine.retried.one' : 'quarantine.retried.none') }),
  });
  const fetching = useAction('quarantine.fetchAnyway', {
    cancelOnLeave: true,
    onSuccess: () => void notifications.show({ message: t('quarantine.fetched'), color: 'teal' }),
  });
  const dismiss = useAction('quarantine.dismiss', {
    onSuccess: (_changed, { messageIds, dismissed }) => {
      if (!dismissed) return void notifications.show({ message: t('quarantine.putBackOne') });
      const undo = () => dismiss.run({ messageIds: [...messageIds], dismissed: false });
      showWithButton(t('quarantine.dismissedOne'), t('quarantine.undo'), undo);
    },
  });
  const verbs = item ? verbsFor(item) : [];
  const acts: Readonly<Record<DeskVerb, (of: DeskItem) => void>> = {
    ticket: () => ask('ticket'),
    allow: () => ask('allow'),
    retry: ({ id }) => retry.run({ messageIds: [id] }),
    dismiss: ({ id, dismissed }) => dismiss.run({ messageIds: [id], dismissed: !dismissed }),
    fetch: ({ id }) => fetching.run({ messageId: id }),
  };
  // What was said about another letter is not said about this one.
  const isOfThis = (ids: readonly number[] | null | undefined) => item !== undefined && ids?.includes(item.id);
  const error =
    (isOfThis(retry.input?.messageIds) ? retry.error : null) ??
    (isOfThis(dismiss.input?.messageIds) ? dismiss.error : null) ??
    (fetching.input?.messageId === item?.id ? fetching.error : null);
  return {
    verbs,
    does: (verb) => {
      if (item && verbs.includes(verb)) acts[verb](item);
    },
    pending: retry.pending ? 'retry' : fetching.pending ? 'fetch' : dismiss.pending ? 'dismiss' : null,
    error,
    cancelFetch: fetching.cancel,
    asking,
    closeQuestion: () => ask(null),
    ticketMade: (ticketId) => {
      ask(null);
      const open = () => void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticketId) } });
      showWithButton(t('quarantine.ticketMade', { id: ticketId }), t('quarantine.openTicket'), open);
    },
  };
}

/** A notice with the one thing that may be wanted next. */
function showWithButton(message: string, label: string, run: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <span>{message}</span>
        <Button
          size="xs"
          variant="default"
          flex="none"
          onClick={() => {
            notifications.hide(id);
            run();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}
