import { type FirstLoadPeriod, firstLoadSince } from '../../src-shared/domain/mailbox.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';

/** What is asked of the server, and where the cursor stands before anything is loaded. */
export interface FolderScope {
  readonly kind: 'first' | 'new';
  readonly question: { readonly afterUid: number; readonly since: number | null };
  readonly cursor: FolderCursor;
}

export interface FolderFacts {
  readonly uidValidity: number;
  readonly period: FirstLoadPeriod;
  readonly now: number;
}

/**
 * First load: the period, fixed when it is planned, so that a load that takes days or is interrupted means the same letters. Later: what is above the
 * highest UID. A new UIDVALIDITY makes all UIDs mean nothing (RFC 9051, 2.3.1.1): the first scope is asked for again, the store knows letters by content.
 */
export function planScope(cursor: FolderCursor, { uidValidity, period, now }: FolderFacts): FolderScope {
  const planned: FolderCursor = cursor.firstLoadPlanned
    ? cursor
    : { ...cursor, firstLoadPlanned: true, firstLoadDone: false, loadSince: firstLoadSince(period, now) };
  const same = planned.uidValidity === uidValidity;
  const current: FolderCursor = same ? planned : { ...planned, uidValidity, firstLoadDone: false, lastUid: 0 };
  return current.firstLoadDone
    ? { kind: 'new', question: { afterUid: current.lastUid, since: null }, cursor: current }
    : { kind: 'first', question: { afterUid: 0, since: current.loadSince }, cursor: current };
}

/** In question and not stored yet, newest first. */
export function wantedUids(listed: Uint32Array, known: Uint32Array): number[] {
  const stored = new Set(known);
  const wanted: number[] = [];
  for (let at = listed.length - 1; at >= 0; at -= 1) {
    const uid = listed[at];
    if (uid !== undefined && !stored.has(uid)) wanted.push(uid);
  }
  return wanted;
}

export interface FolderOutcome {
  /** Highest UID in the folder when it was listed, in question or not. */
  readonly highestUid: number;
  /** On the server, in question, and could not be had. */
  readonly failed: readonly number[];
}

/** Where the cursor stands after everything in question was asked for: never above a letter that is still to come. */
export function advanceCursor(cursor: FolderCursor, { highestUid, failed }: FolderOutcome): FolderCursor {
  if (failed.length === 0) return { ...cursor, firstLoadDone: true, lastUid: Math.max(cursor.lastUid, highestUid) };
  // Of an unfinished first load the scope is asked for again: above the gap lie letters that are not in its period.
  if (!cursor.firstLoadDone) return cursor;
  const gap = failed.reduce((lowest, uid) => Math.min(lowest, uid), highestUid);
  return { ...cursor, lastUid: Math.max(cursor.lastUid, gap - 1) };
}
