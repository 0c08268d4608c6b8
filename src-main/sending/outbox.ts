import type { MailboxId, OutgoingId } from '../../src-shared/domain/ids.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { SubmitLetter } from '../connectors/connectors.ts';
import type { Events } from '../events/events.ts';
import type { Logger } from '../logs/logs.ts';
import type { AttemptEnd, Submission } from '../store/api/tickets.ts';
import type { Store } from '../store/store.ts';
import { needsYou } from './plan-attempt.ts';
import { type SignInFor, submitOutgoing } from './submit-outgoing.ts';

export interface OutboxParts {
  readonly store: Store;
  readonly events: Events;
  readonly submit: SubmitLetter;
  readonly signInFor: SignInFor;
  readonly log: Logger;
  /** Milliseconds since 1970; replaced in tests alone. */
  readonly now?: () => number;
}

/** Tries what is queued: one answer at a time for each mailbox, several mailboxes at once. */
export interface Outbox {
  /** Settles what an earlier end of the program interrupted, then works by itself until `stop`. */
  start(): Promise<void>;
  /** Something was queued: looks now. */
  wake(): void;
  /** Tries everything queued once, due or not; gives those back as they stand then. */
  flush(signal: AbortSignal): Promise<readonly Outgoing[]>;
  /** Begins nothing more and waits for the attempts that run: they end by their own deadlines. */
  stop(): Promise<void>;
}

/** Timers of longer are asked again: after sleep or a change of the clock a due answer waits a minute at most. */
const LONGEST_SLEEP = 60_000;
/** Several slow servers must not hold up the others; each attempt holds one letter in memory. */
const MOST_AT_ONCE = 4;
/** How often the end of an attempt is told to a store that is away; it is brought back within seconds. */
const MOST_TELLINGS = 5;

export function createOutbox(parts: OutboxParts): Outbox {
  const { store, events, log } = parts;
  const now = parts.now ?? Date.now;
  const busy = new Map<MailboxId, Promise<Outgoing | null>>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let unsubscribe = () => {};

  const announce = (outgoing: Outgoing) => {
    events.emit('outbox.changed', { outgoingId: outgoing.id });
    if (outgoing.ticketId !== null) events.emit('tickets.changed', { ticketId: outgoing.ticketId });
  };

  const tellEnd = async (end: AttemptEnd): Promise<Outgoing | null> => {
    for (let telling = 1; ; telling += 1) {
      try {
        return await store.call('outbox.settle', end);
      } catch (error) {
        // Left as `sending`, it is `unknown` at the next start: nobody's answer goes out twice.
        if (telling === MOST_TELLINGS || !isAppError(error, 'store.unavailable')) {
          log.error('end of an attempt not kept', { outgoingId: end.outgoingId, state: end.state, error });
          return null;
        }
      }
    }
  };

  const attempt = async (submission: Submission): Promise<Outgoing | null> => {
    const { outgoing } = submission;
    announce(outgoing);
    const onDefect = (error: unknown) => log.error('attempt failed by a defect', { outgoingId: outgoing.id, error });
    const { submit, signInFor } = parts;
    // Not the stop signal: an attempt that was called off after the text had left would be unknown for nothing.
    const never = new AbortController().signal;
    const end = await submitOutgoing({ submission, submit, signInFor, now, random: Math.random, onDefect }, never);
    const after = await tellEnd(end);
    log.info('attempt ended', { outgoingId: outgoing.id, state: end.state, code: end.problem?.code });
    if (after) announce(after);
    return after;
  };

  /** Claims until nothing is left for it to claim and what it began has ended. */
  const drain = async (evenEarly: boolean, except: Set<OutgoingId>, signal: AbortSignal): Promise<Outgoing[]> => {
    const begun: Promise<Outgoing | null>[] = [];
    while (!signal.aborted && !stopping.signal.aborted) {
      if (busy.size >= MOST_AT_ONCE) await Promise.race(busy.values());
      const exceptMailboxes = [...busy.keys()];
      const claim = { now: now(), evenEarly, except: [...except], exceptMailboxes };
      const submission = await store.call('outbox.claim', claim);
      if (submission) {
        const { id, mailboxId } = submission.outgoing;
        except.add(id);
        const running = attempt(submission).finally(() => busy.delete(mailboxId));
        busy.set(mailboxId, running);
        begun.push(running);
      } else if (exceptMailboxes.length > 0) {
        // A mailbox that was passed over may have more.
        await Promise.race(exceptMailboxes.map((mailboxId) => busy.get(mailboxId)));
      } else break;
    }
    const ended = await Promise.all(begun);
    return ended.filter((outgoing) => outgoing !== null);
  };

  const look = async (): Promise<void> => {
    clearTimeout(timer);
    let sleep = LONGEST_SLEEP;
    try {
      await drain(false, new Set(), stopping.signal);
      const { at } = await store.call('outbox.nextDue', undefined);
      if (at !== null) sleep = Math.min(Math.max(at - now(), 0), LONGEST_SLEEP);
    } catch (error) {
      log.warn('outbox could not be read', { error });
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(wake, sleep);
    timer.unref();
  };

  const wake = (): void => {
    if (stopping.signal.aborted) return;
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = look().finally(() => {
      looking = null;
      if (lookAgain) {
        lookAgain = false;
        wake();
      }
    });
  };

  const tryWhatWaitsForTheLine = async (): Promise<void> => {
    try {
      const queued = await store.call('outbox.list', { states: ['queued'], limit: 500 });
      const leftAlone = queued.filter(({ problem }) => needsYou(problem)).map(({ id }) => id);
      await drain(true, new Set(leftAlone), stopping.signal);
    } catch (error) {
      log.warn('outbox could not be read', { error });
    }
  };

  return {
    async start() {
      for (const outgoing of await store.call('outbox.recover', undefined)) announce(outgoing);
      unsubscribe = events.on('console.network', ({ online }) => {
        if (online) void tryWhatWaitsForTheLine().then(wake);
      });
      wake();
    },
    wake,
    async flush(signal) {
      const tried = await drain(true, new Set(), signal);
      wake();
      return tried;
    },
    async stop() {
      stopping.abort();
      unsubscribe();
      clearTimeout(timer);
      await Promise.all([looking, ...busy.values()]);
    },
  };
}
