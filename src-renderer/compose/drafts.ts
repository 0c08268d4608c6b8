import { z } from 'zod';
import { type TicketState, ticketStateSchema } from '../../src-shared/domain/ticket.ts';

const draftSchema = z.object({ text: z.string(), nextState: ticketStateSchema.nullable() });

/** What is kept of an answer that was begun: its files are not, the browser does not lend them twice. */
export interface Draft {
  readonly text: string;
  readonly nextState: TicketState | null;
}

export const emptyDraft: Draft = { text: '', nextState: 'waiting' };

function placeOf(name: string): string {
  return `mailroom.draft.${name}`;
}

/** An unreadable draft counts as none: it can only come from an older or foreign program. */
export function readDraft(name: string): Draft {
  const kept = localStorage.getItem(placeOf(name));
  if (kept === null) return emptyDraft;
  try {
    const parsed = draftSchema.safeParse(JSON.parse(kept));
    return parsed.success ? parsed.data : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

export function keepDraft(name: string, draft: Draft): void {
  if (draft.text.trim() === '') localStorage.removeItem(placeOf(name));
  else localStorage.setItem(placeOf(name), JSON.stringify(draft));
}

export function forgetDraft(name: string): void {
  localStorage.removeItem(placeOf(name));
}
