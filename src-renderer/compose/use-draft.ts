import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { emptyDraft, type TicketDraft } from '../../src-shared/domain/ticket-draft.ts';
import { call } from '../ipc/ipc.ts';
import { queryKey, useQuery } from '../ipc/use-query.ts';

/** A pause in typing. What was typed since the last one is lost only if the program is killed within it. */
const keepAfterMilliseconds = 300;

export interface DraftHold {
  /** Null: not read yet. */
  readonly draft: TicketDraft | null;
  readonly change: (draft: TicketDraft) => void;
}

/** The answer begun in a ticket, kept in the store while it is typed and when the editor is left. */
export function useDraft(ticketId: TicketId): DraftHold {
  const queries = useQueryClient();
  const kept = useQuery('drafts.get', { ticketId });
  const [typed, setTyped] = useState<TicketDraft | null>(null);
  const unkept = useRef<TicketDraft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keep = useCallback(() => {
    clearTimeout(timer.current);
    const draft = unkept.current;
    if (draft === null) return;
    unkept.current = null;
    queries.setQueryData(queryKey('drafts.get', { ticketId }), draft);
    // Not kept now: it still stands in the editor, and the next pause tries again.
    call('drafts.put', { ticketId, draft }).catch(() => {
      unkept.current ??= draft;
    });
  }, [queries, ticketId]);
  useEffect(() => {
    // The window is closed: the message still leaves.
    globalThis.addEventListener('pagehide', keep);
    return () => {
      globalThis.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);

  const change = useCallback(
    (draft: TicketDraft) => {
      setTyped(draft);
      unkept.current = draft;
      clearTimeout(timer.current);
      timer.current = setTimeout(keep, draft === emptyDraft ? 0 : keepAfterMilliseconds);
    },
    [keep],
  );
  return { draft: typed ?? kept.data ?? null, change };
}
