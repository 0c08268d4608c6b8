import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { CaughtUp, LoadReport } from '../../src-shared/domain/loading.ts';
import type { MailboxRecord } from '../store/api/ledger.ts';

const minute = 60_000;
/** Nobody has mended it for so long: trying on would only fill logs, and may lock the account. */
const givenUpAfter = 3 * 24 * 60 * minute;
/** Of it, seen by one console without a break: the first failure after a weekend switched off is not the end of three days. */
const leastSeen = 60 * minute;
/** What is wrong on this machine says nothing about the mailbox. */
const ours = /^(vault|store|file|internal)\./;
/** Shorter gaps are what polling is. */
const gapWorthTelling = 60 * minute;

export function emptyRecord(mailboxId: MailboxId): MailboxRecord {
  return { mailboxId, lastLoadedAt: null, failingSince: null, problem: null, disabledBecause: null };
}

export interface RecordedPass {
  readonly record: MailboxRecord;
  /** What was missed and has been loaded now. */
  readonly caughtUp: CaughtUp | null;
  /** It is to be disabled, with a notice. */
  readonly giveUp: boolean;
}

export interface PassFacts {
  readonly now: number;
  readonly pollMinutes: number;
  /** Milliseconds for which this console has seen it fail, without a break. */
  readonly failingFor: number;
}

/** How a mailbox fares after a pass. One that a person called off, or that another console had, says nothing about it. */
export function recordPass(
  before: MailboxRecord,
  { problem, folders }: Pick<LoadReport, 'problem' | 'folders'>,
  { now, pollMinutes, failingFor }: PassFacts,
): RecordedPass {
  if (problem !== null && (problem.code === 'cancelled' || problem.code === 'mailbox.leased'))
    return { record: before, caughtUp: null, giveUp: false };
  if (problem !== null) {
    const failingSince = before.failingSince ?? now;
    const giveUp = !ours.test(problem.code) && failingFor >= leastSeen && now - failingSince >= givenUpAfter;
    const record = { ...before, failingSince, problem, disabledBecause: giveUp ? problem : null };
    return { record, caughtUp: null, giveUp };
  }
  const letters = folders.reduce((sum, { fresh }) => sum + fresh, 0);
  const since = before.lastLoadedAt;
  const gap = since === null ? 0 : now - since;
  const missed = since !== null && letters > 0 && gap >= Math.max(gapWorthTelling, 2 * pollMinutes * minute);
  const record = { ...before, lastLoadedAt: now, failingSince: null, problem: null, disabledBecause: null };
  return { record, caughtUp: missed ? { letters, since } : null, giveUp: false };
}

/**
 * A clock that was set, or a machine that slept, is no time in which the mailbox failed. `drift`: by how many milliseconds the wall clock went further than the time that
 * passed between two passes.
 */
export function withoutDrift(record: MailboxRecord, drift: number): MailboxRecord {
  if (record.failingSince === null || Math.abs(drift) < minute) return record;
  return { ...record, failingSince: record.failingSince + drift };
}
