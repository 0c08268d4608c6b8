import type { MailboxId } from '../../src-shared/domain/ids.ts';
import { toWire } from '../../src-shared/errors/wire.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { DueSentCopy, SentCopyEnd } from '../store/api/sent-copies.ts';
import type { Store } from '../store/store.ts';
import { planAttempt } from './plan-attempt.ts';
import { putSentCopy } from './put-sent-copy.ts';

export interface SentCopiesParts {
  readonly store: Store;
  readonly events: Events;
  readonly session: { openIncoming(mailboxId: MailboxId, signal: AbortSignal): Promise<IncomingConnector> };
  readonly log: Logger;
  /** Milliseconds since 1970; replaced in tests alone. */
  readonly now?: () => number;
}

/** Puts what was sent into the Sent folder, one letter after another. Whatever becomes of it, no letter is sent again. */
export interface SentCopies {
  /** Works by itself until `stop`. */
  start(): void;
  /** Tries all that are due once; never fails. */
  flush(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

const LONGEST_SLEEP = 60_000;
/** A store that cannot keep an end would be asked without pause otherwise. */
const SHORTEST_SLEEP = 1_000;
/** A provider that keeps copies does so within minutes; later looks would find nothing either. */
const MOST_LOOKS = 8;

export function createSentCopies(parts: SentCopiesParts): SentCopies {
  const { store, events, log } = parts;
  const now = parts.now ?? Date.now;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};
  let looking: Promise<void> = Promise.resolve();

  const endOf = async (copy: DueSentCopy, signal: AbortSignal): Promise<SentCopyEnd> => {
    const { outgoingId, attempts } = copy;
    try {
      const state = await putOver(parts, copy, signal);
      return { outgoingId, state, nextAttemptAt: null, problem: null };
    } catch (error) {
      const problem = toWire(error);
      if (problem.code === 'internal.defect') log.error('sent copy failed by a defect', { outgoingId, error });
      const { state, nextAttemptAt } = planAttempt({ problem, attempts, now: now(), random: Math.random() });
      const over = state !== 'queued' || (problem.code === 'sent-copy.not-yet' && attempts >= MOST_LOOKS);
      if (over) return { outgoingId, state: 'failed', nextAttemptAt: null, problem };
      return { outgoingId, state: 'due', nextAttemptAt, problem };
    }
  };

  const tryDue = async (signal: AbortSignal): Promise<void> => {
    try {
      while (!signal.aborted) {
        const copy = await store.call('sentCopies.claim', { now: now() });
        if (!copy) return;
        const end = await endOf(copy, signal);
        log.info('sent copy tried', { outgoingId: end.outgoingId, state: end.state, code: end.problem?.code });
        // What the store does not hear stays due, and is looked for first.
        const { ticketId } = await store.call('sentCopies.end', end);
        events.emit('outbox.changed', { outgoingId: end.outgoingId });
        if (ticketId !== null) events.emit('tickets.changed', { ticketId });
      }
    } catch (error) {
      log.warn('sent copies could not be tried', { error });
    }
  };

  const look = (signal: AbortSignal): Promise<void> => {
    looking = looking.then(() => tryDue(signal));
    return looking;
  };
  const sleep = async (): Promise<void> => {
    const { at } = await store.call('sentCopies.nextDue', undefined).catch(() => ({ at: null }));
    clearTimeout(timer);
    if (stopping.signal.aborted) return;
    timer = setTimeout(
      wake,
      Math.min(Math.max((at ?? Number.POSITIVE_INFINITY) - now(), SHORTEST_SLEEP), LONGEST_SLEEP),
    );
    timer.unref();
  };
  const wake = (): void => {
    if (!stopping.signal.aborted) void look(stopping.signal).then(sleep);
  };

  return {
    start() {
      unsubscribe = events.on('outbox.changed', wake);
      wake();
    },
    flush: (signal) => look(AbortSignal.any([signal, stopping.signal])),
    async stop() {
      stopping.abort();
      unsubscribe();
      clearTimeout(timer);
      await looking;
    },
  };
}

async function putOver({ session }: SentCopiesParts, copy: DueSentCopy, signal: AbortSignal) {
  const connector = await session.openIncoming(copy.mailboxId, signal);
  try {
    return await putSentCopy(connector, copy, signal);
  } finally {
    await connector.close();
  }
}
