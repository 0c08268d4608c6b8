import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { errorCodes } from '../../src-shared/errors/codes.ts';
import { type AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { toWire, type WireError } from '../../src-shared/errors/wire.ts';
import type { CalendarDesk } from '../connectors/calendar.ts';
import type { DueReply } from '../store/api/calendar.ts';
import type { Store } from '../store/store.ts';
import { planReply } from './plan-reply.ts';

export interface ReplyParts {
  readonly store: Pick<Store, 'call'>;
  readonly desk: CalendarDesk;
  readonly now: () => number;
}

/**
 * Says to the server what was recorded: each answer is committed as being said before it is, and its end afterwards. What a lost line or a crash interrupts is looked at
 * before it is said again. Gives how many came to an end.
 */
export async function carryOutReplies(mailboxId: MailboxId, parts: ReplyParts, signal: AbortSignal): Promise<number> {
  const due = await parts.store.call('replies.due', { mailboxId });
  for (const reply of due) await carryOut(reply, parts, signal);
  return due.length;
}

async function carryOut(due: DueReply, { store, desk, now }: ReplyParts, signal: AbortSignal): Promise<void> {
  const { replyId, itemId, series, occurrence } = due;
  const target = { id: itemId, series, occurrence };
  const end = (state: 'done' | 'gone' | 'failed', problem: WireError | null = null) =>
    store.call('replies.end', { replyId, state, problem, at: now() });
  try {
    const standing = await desk.standing(target, signal);
    const next = planReply(due, standing);
    if (next === 'done' || next === 'gone') return await end(next);
    if (next === 'unknown') return await end('failed', { code: 'delivery.unknown', params: {} });
    if (!(await store.call('replies.begin', { replyId, stood: standing?.word ?? '' }))) return;
    await desk.reply(target, due, signal);
    await end('done');
  } catch (error) {
    // Between the look and the answer.
    if (isAppError(error, 'meeting.gone')) return void (await end('gone'));
    if (!isFinal(error)) throw error;
    await end('failed', toWire(error));
  }
}

/** The server's no, which asking again does not change. */
function isFinal(error: unknown): error is AppError {
  return isAppError(error) && errorCodes[error.code].retry === 'never' && error.code !== 'cancelled';
}
