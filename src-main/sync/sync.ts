import { randomUUID } from 'node:crypto';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadProgress, LoadReport } from '../../src-shared/domain/loading.ts';
import { isReceiving, type ReceivingMailbox } from '../../src-shared/domain/mailbox-directions.ts';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { AccountSession } from '../accounts/accounts.ts';
import type { Events } from '../events/events.ts';
import { createKeyedQueue } from '../jobs/keyed-queue.ts';
import { createThrottle, type Throttle } from '../jobs/throttle.ts';
import { createTurnstile } from '../jobs/turnstile.ts';
import type { Logs } from '../logs/logs.ts';
import type { NetworkWatch } from '../net/network-watch.ts';
import type { MailboxRecord } from '../store/api/ledger.ts';
import type { Store } from '../store/store.ts';
import { restingProgress } from './load-progress.ts';
import { emptyRecord } from './mailbox-record.ts';
import { createMailboxRunner, type MailboxRunner } from './mailbox-runner.ts';
import { isLeftAlone } from './next-step.ts';
import type { AfterLetters, SortMailbox } from './pass.ts';
import { type SetAlarm, setTimer } from './rest.ts';

/** Loading of all mailboxes that receive, each on its own. */
export interface Loading {
  /** From now on mailboxes load by themselves; without it they load when `run` is called (the terminal). */
  start(): Promise<void>;
  /** Without ids: everything, for good. With ids: these, until they are run again or saved anew. */
  stop(mailboxIds?: readonly MailboxId[]): Promise<void>;
  /** One pass over each; null: over all that are enabled. Never rejects for a mailbox that fails: its report says so. */
  run(mailboxIds: readonly MailboxId[] | null, signal: AbortSignal): Promise<readonly LoadReport[]>;
  cancel(mailboxId: MailboxId): void;
  /** One pass by itself: there is something to say. A server that asked for a wait hears it when that is over. */
  nudge(mailboxId: MailboxId): void;
  status(): readonly LoadProgress[];
  /** The same of every mailbox: one that nobody works on is as its last pass left it. */
  statusOfAll(): Promise<readonly LoadProgress[]>;
}

export interface LoadingParts {
  readonly store: Pick<Store, 'call' | 'on'>;
  readonly session: Pick<AccountSession, 'openIncoming'>;
  readonly sortMailbox: SortMailbox;
  readonly afterLetters?: AfterLetters;
  readonly events: Pick<Events, 'emit' | 'on'>;
  readonly network?: Pick<NetworkWatch, 'onChange'>;
  readonly logs: Logs;
  readonly now?: () => number;
  /** Milliseconds by a clock that nobody sets and that stands while the machine sleeps. */
  readonly passed?: () => number;
  /** What ends a wait between two passes; a timer, unless said. */
  readonly alarm?: SetAlarm;
  /** Names this console among those that have the store open; a random one where nothing is known of it. */
  readonly owner?: string;
}

/** A batch is large enough to share an fsync, and two of it are held; with many mailboxes at work each gets less. */
const largestBatch = 2 * 1024 * 1024;
const smallestBatch = 256 * 1024;
const heldByAll = 16 * 1024 * 1024;
/** Yahoo answers for a thousand letters at most (RFC 9738); rows of a few hundred are one good transaction. */
const lettersInBatch = 500;
const tellOfMailEvery = 250;
/** Loading ends by itself when the console closes. */
const never = new AbortController().signal;
/** Eighty mailboxes that start together knock one after another: a server takes a crowd for an attack. */
const connectionsAtOnce = 6;

async function whyNoRunner(store: Pick<Store, 'call'>, mailboxId: MailboxId): Promise<AppError> {
  const mailbox = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
  if (mailbox === undefined || isReceiving(mailbox)) return new AppError('mailbox.unknown');
  return new AppError('mailbox.only-sends', { mailbox: mailbox.settings.name });
}

export function createLoading(parts: LoadingParts): Loading {
  const { store, events } = parts;
  const log = parts.logs('sync');
  const runners = new Map<MailboxId, MailboxRunner>();
  const held = new Set<MailboxId>();
  /** As the runners know them: where nobody tells of changes, a pass that is asked for finds them. */
  const known = new Map<MailboxId, string>();
  const tellers = new Map<MailboxId, Throttle>();
  const turns = createKeyedQueue();
  const lanes = createKeyedQueue();
  const opening = createTurnstile(connectionsAtOnce);
  const owner = parts.owner ?? randomUUID();
  const now = parts.now ?? Date.now;
  const passed = parts.passed ?? (() => performance.now());
  let pollMinutes = defaultSettings.pollMinutes;
  const subscriptions = [
    // Saved anew is saved anew, also where nobody loads until asked to.
    events.on('mailboxes.changed', ({ mailboxId }) => {
      if (mailboxId) held.delete(mailboxId);
    }),
  ];
  let byItself = false;
  let closed = false;

  const status = () => [...runners.values()].map((runner) => runner.status());
  const mailChanged = (mailboxId: MailboxId) => {
    const tell = () => events.emit('mail.changed', { mailboxId });
    const teller = tellers.get(mailboxId) ?? createThrottle(tellOfMailEvery, tell);
    tellers.set(mailboxId, teller);
    teller.call();
  };
  const limits = () => {
    const working = [...runners.values()].filter((runner) => runner.status().phase === 'loading').length;
    const share = heldByAll / 2 / Math.max(working, 1);
    return { bytes: Math.min(Math.max(share, smallestBatch), largestBatch), letters: lettersInBatch };
  };
  /** Three days of failure: it is disabled, which everybody hears of; its record says why. */
  const giveUp = async (mailboxId: MailboxId) => {
    const mailbox = (await store.call('mailboxes.list', undefined)).find(({ id }) => id === mailboxId);
    if (!mailbox?.enabled) return;
    await store.call('mailboxes.put', { mailbox: { ...mailbox, enabled: false } });
    log.warn('mailbox disabled after days of failure', { mailbox: mailboxId });
    events.emit('mailboxes.changed', { mailboxId });
  };
  const createRunner = (mailbox: ReceivingMailbox, record: MailboxRecord): MailboxRunner =>
    createMailboxRunner(mailbox, {
      ...parts,
      now,
      passed,
      alarm: parts.alarm ?? setTimer,
      log,
      limits,
      byItself,
      lanes,
      owner,
      record,
      giveUp,
      generalPollMinutes: () => pollMinutes,
      open: (mailboxId, signal) => opening.run(() => parts.session.openIncoming(mailboxId, signal), signal),
      onMarks: () => mailChanged(mailbox.id),
      tell: (progress) => events.emit('loading.progress', progress),
      finished: (report) => {
        tellers.get(mailbox.id)?.flush();
        events.emit('loading.finished', report);
        events.emit('ledger.changed', { mailboxId: mailbox.id });
        if (report.quarantined > 0) events.emit('quarantine.changed', { mailboxId: mailbox.id });
      },
    });
  const end = async (mailboxId: MailboxId) => {
    const runner = runners.get(mailboxId);
    runners.delete(mailboxId);
    known.delete(mailboxId);
    await runner?.stop();
    tellers.get(mailboxId)?.stop();
    tellers.delete(mailboxId);
  };

  /** Brings the runners in line with the mailboxes; `changed`: which of them may be other than before. */
  const reconcile = (changed: MailboxId | 'all' | 'none') =>
    turns.run('mailboxes', async () => {
      if (closed) return [];
      const mailboxes = (await store.call('mailboxes.list', undefined)).filter(isReceiving);
      const records = new Map((await store.call('records.list', undefined)).map((it) => [it.mailboxId, it]));
      const ids = new Set(mailboxes.map(({ id }) => id));
      for (const id of held) if (!ids.has(id)) held.delete(id);
      await Promise.all([...runners.keys()].filter((id) => !ids.has(id)).map(end));
      for (const mailbox of mailboxes) {
        const runner = runners.get(mailbox.id);
        const asItIs = JSON.stringify(mailbox);
        const other = known.get(mailbox.id) !== asItIs;
        known.set(mailbox.id, asItIs);
        if (runner && (other || changed === 'all' || changed === mailbox.id)) runner.changed(mailbox);
        else if (!runner && !held.has(mailbox.id))
          runners.set(mailbox.id, createRunner(mailbox, records.get(mailbox.id) ?? emptyRecord(mailbox.id)));
      }
      return mailboxes;
    });
  const reconcileLater = (changed: MailboxId | null) => {
    reconcile(changed ?? 'all').catch((error: unknown) => log.error('mailboxes not read', { error }));
  };

  return {
    async start() {
      byItself = true;
      pollMinutes = (await store.call('settings.get', undefined)).pollMinutes;
      subscriptions.push(
        events.on('settings.changed', (settings) => {
          pollMinutes = settings.pollMinutes;
        }),
        events.on('mailboxes.changed', ({ mailboxId }) => reconcileLater(mailboxId)),
        // A line that is open was found right by those who were trusted before.
        events.on('trust.changed', () => {
          for (const runner of runners.values()) runner.wake();
        }),
        store.on('letters.parsed', ({ mailboxId }) => mailChanged(mailboxId)),
      );
      const network = parts.network?.onChange((online) => {
        if (online) for (const runner of runners.values()) runner.wake();
      });
      if (network) subscriptions.push(network);
      await reconcile('all');
    },
    async stop(mailboxIds) {
      if (mailboxIds) {
        for (const id of mailboxIds) held.add(id);
        await turns.run('mailboxes', () => Promise.all(mailboxIds.map(end)));
        return;
      }
      closed = true;
      for (const unsubscribe of subscriptions.splice(0)) unsubscribe();
      await turns.run('mailboxes', () => Promise.all([...runners.keys()].map(end)));
    },
    async run(mailboxIds, signal) {
      for (const id of mailboxIds ?? []) held.delete(id);
      const mailboxes = await reconcile('none');
      const enabled = mailboxes.filter((mailbox) => mailbox.enabled && runners.has(mailbox.id));
      const wanted = mailboxIds ?? enabled.map(({ id }) => id);
      const chosen = wanted.map((id) => runners.get(id));
      const missing = wanted.find((id) => !runners.has(id));
      if (missing !== undefined) throw await whyNoRunner(store, missing);
      return Promise.all(chosen.flatMap((runner) => runner?.run(signal) ?? []));
    },
    nudge(mailboxId) {
      const runner = runners.get(mailboxId);
      if (runner === undefined || isLeftAlone(runner.status())) return;
      runner.run(never).catch((error: unknown) => log.warn('not loaded', { mailbox: mailboxId, error }));
    },
    cancel: (mailboxId) => runners.get(mailboxId)?.cancel(),
    status,
    async statusOfAll() {
      const listed = await store.call('mailboxes.list', undefined);
      const mailboxes = new Set(listed.filter(isReceiving).map(({ id }) => id));
      const records = await store.call('records.list', undefined);
      const resting = records.filter(({ mailboxId }) => mailboxes.has(mailboxId) && !runners.has(mailboxId));
      return [...status(), ...resting.map(restingProgress)];
    },
  };
}
