import { Button } from '@mantine/core';
import { IconMailOpened, IconTicket } from '@tabler/icons-react';
import type { MessageId, TicketId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { LetterView } from '../letter/letter-view.tsx';
import { LoadWhole } from '../letter/load-whole.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ThreadStrip } from './thread-strip.tsx';

export interface ReaderProps {
  readonly messageId: MessageId | null;
  readonly onPick: (id: MessageId) => void;
  readonly onTicket: (id: TicketId) => void;
  readonly onMakeTicket: (id: MessageId) => void;
}

/** The picked letter, with its conversation and the way to its ticket. */
export function Reader({ messageId, onPick, onTicket, onMakeTicket }: ReaderProps) {
  const t = useText();
  if (messageId === null) return <EmptyState icon={IconMailOpened} text={t('mail.pick.text')} />;
  return (
    <LetterView
      messageId={messageId}
      aside={<ThreadStrip key={messageId} messageId={messageId} onPick={onPick} />}
      actions={({ summary }) => (
        <>
          {summary.state === 'too-large' && <LoadWhole letter={summary} />}
          {summary.ticketId === null ? (
            <Button
              variant="default"
              leftSection={<IconTicket size={16} aria-hidden />}
              onClick={() => onMakeTicket(messageId)}
            >
              {t('mail.make-ticket')}
            </Button>
          ) : (
            <TicketButton ticketId={summary.ticketId} onTicket={onTicket} />
          )}
        </>
      )}
    />
  );
}

function TicketButton({ ticketId, onTicket }: Pick<ReaderProps, 'onTicket'> & { readonly ticketId: TicketId }) {
  const t = useText();
  return (
    <Button variant="light" leftSection={<IconTicket size={16} aria-hidden />} onClick={() => onTicket(ticketId)}>
      {t('mail.open-ticket', { id: ticketId })}
    </Button>
  );
}
