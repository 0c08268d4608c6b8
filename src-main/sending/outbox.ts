import type { MailboxId, OutgoingId } from '../../src-shared/domain/ids.ts';
import type { Outgoing } from '../../src-shared/domain/outgoing.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import type { SubmitLetter } from '../connectors/connectors.ts';
import type { Events } from '../events/events.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import type { Logger } from '../logs/logs.ts';
import type { AttemptEnd, Submission } from '../store/api/outbox.ts';
import type { Store } from '../store/store.ts';
import { hasItsTime } from './plan-attempt.ts';
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
  /** Something was queued: looks now, once started. */
  wake(): void;
  /** Tries everything queued once, due or not, started or not; gives those back as they stand then. */
  flush(signal: AbortSignal): Promise<readonly Outgoing[]>;
  /** Begins nothing more and waits for the attempts that run: they end by their own deadlines. */
  stop(): Promise<void>;
}

interface Running {
  readonly id: OutgoingId;
  readonly ended: Promise<Outgoing | null>;
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
  /** Claimed here, their end not kept yet. */
  const inHand = new Set<OutgoingId>();
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let lookAgain = false;
  let started = false;
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
    if (after) {
      inHand.delete(outgoing.id);
      announce(after);
    }
    return after;
  };

  /** A store that died may have kept a claim before it could say so: what is `sending` and in nobody's hand was handed to no server. */
  const takeBackLostClaims = async (): Promise<void> => {
    const sending = await store.call('outbox.list', { states: ['sending'], limit: 500 });
    for (const { id, problem, serverWords } of sending) {
      if (inHand.has(id)) continue;
      const again = { outgoingId: id, state: 'queued', nextAttemptAt: now(), problem, serverWords } as const;
      announce(await store.call('outbox.settle', again));
    }
  };

  /** Claims one and begins it; null where nothing fits, or enough runs already. */
  const begin = async (evenEarly: boolean, except: ReadonlySet<OutgoingId>): Promise<Running | null> => {
    if (busy.size >= MOST_AT_ONCE || stopping.signal.aborted) return null;
    const claim = { now: now(), evenEarly, except: [...except], exceptMailboxes: [...busy.keys()] };
    const submission = await store.call('outbox.claim', claim).catch(async (error: unknown) => {
      if (!isAppError(error, 'store.unavailable')) throw error;
      await takeBackLostClaims();
      return store.call('outbox.claim', claim);
    });
    if (!submission) return null;
    const { id, mailboxId } = submission.outgoing;
    inHand.add(id);
    const ended = attempt(submission).finally(() => {
      busy.delete(mailboxId);
      // The mailbox may have more, and others may wait for a free place.
      wake();
    });
    busy.set(mailboxId, ended);
    return { id, ended };
  };
  // One claim at a time: between a claim and its entry in `busy` another could take the same mailbox.
  const claims = createKeyedQueue();
  const beginNext = (evenEarly: boolean, except: ReadonlySet<OutgoingId>) =>
    claims.run('claim', () => begin(evenEarly, except));

  /** Tries everything queued once, but for `except`; ends when the last attempt has. */
  const tryAll = async (except: readonly OutgoingId[], signal: AbortSignal): Promise<Outgoing[]> => {
    const tried = new Set(except);
    const all: Promise<Outgoing | null>[] = [...busy.values()];
    while (!signal.aborted && !stopping.signal.aborted) {
      const waitedFor = [...busy.values()];
      const running = await beginNext(true, tried);
      if (running) {
        tried.add(running.id);
        all.push(running.ended);
      } else if (waitedFor.length + busy.size > 0) await Promise.race([...waitedFor, ...busy.values()]);
      else break;
    }
    const ended = await Promise.all(all);
    return ended.filter((outgoing) => outgoing !== null);
  };

  const look = async (): Promise<void> => {
    clearTimeout(timer);
    let sleep = LONGEST_SLEEP;
    try {
      while (await beginNext(false, new Set()));
      const { at } = await store.call('outbox.nextDue', undefined);
      // What is due and was not begun waits for the end of an attempt, which looks again.
      if (at !== null && at > now()) sleep = Math.min(at - now(), LONGEST_SLEEP);
    } catch (error) {
      log.warn('outbox could not be read', { error });
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(wake, sleep);
    timer.unref();
  };

  const wake = (): void => {
    if (!started || stopping.signal.aborted) return;
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
      const leftAlone = queued.filter(({ problem }) => hasItsTime(problem)).map(({ id }) => id);
      await tryAll(leftAlone, stopping.signal);
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
      started = true;
      wake();
    },
    wake,
    async flush(signal) {
      const tried = await tryAll([], signal);
      wake();
      return tried;
    },
    async stop() {
      stopping.abort();
      unsubscribe();
      clearTimeout(timer);
      // A claim that was under way still begins its attempt.
      await looking;
      await claims.run('claim', async () => {});
      await Promise.all(busy.values());
    },
  };
}
