import { firstLoadSince, type LoadingSettings } from '../../src-shared/domain/mailbox.ts';
import type { FolderState } from '../connectors/connectors.ts';
import type { Sighting } from '../store/api/ledger.ts';
import type { FolderCursor } from '../store/api/mailboxes.ts';

type Choice = Pick<LoadingSettings, 'newMail' | 'firstLoadPeriod'>;

export interface FolderFacts {
  readonly uidValidity: number;
  readonly choice: Choice;
  readonly now: number;
  /** Only what came since the last look: the folder is not listed whole. */
  readonly newsOnly: boolean;
}

/** What is asked of the server about a folder, and how the answer is judged. */
export interface FolderScope {
  /** UIDs above this are listed; 0: all. */
  readonly above: number;
  /** Which of them arrived since: asked only where the period decides. Null: not asked. */
  readonly since: number | null;
  /** Do the marks decide what is loaded? */
  readonly byMarks: boolean;
  readonly judge: Sighting['judge'];
  readonly judgedBy: string;
  readonly loadSince: number | null;
  /** Null: the highest that is listed. */
  readonly periodUid: number | null;
}

/** One word for a choice; another word means that the rows are judged again. */
export function judgement({ newMail, firstLoadPeriod }: Choice): string {
  return newMail === 'everything' ? newMail : `${newMail}/${firstLoadPeriod}`;
}

/**
 * First look: the period, fixed when it is planned, so that a load that takes days or is interrupted means the same letters. Later: what has no row yet. A new UIDVALIDITY
 * makes all UIDs mean nothing (RFC 9051, 2.3.1.1): the first question is asked again with the same period, the store knows letters by content.
 */
export function planScope(cursor: FolderCursor, { uidValidity, choice, now, newsOnly }: FolderFacts): FolderScope {
  const judgedBy = judgement(choice);
  const sameChoice = cursor.judgedBy === judgedBy;
  const first = !sameChoice || cursor.uidValidity !== uidValidity;
  const planned = choice.newMail === 'everything' ? null : firstLoadSince(choice.firstLoadPeriod, now);
  const loadSince = sameChoice ? cursor.loadSince : planned;
  const byMarks = choice.newMail === 'unread';
  const below = cursor.lastUid < cursor.periodUid;
  return {
    above: first || below || !newsOnly ? 0 : cursor.lastUid,
    since: first || below || byMarks ? loadSince : null,
    byMarks,
    judge: first || byMarks ? 'all' : 'new',
    judgedBy,
    loadSince,
    periodUid: first ? null : cursor.periodUid,
  };
}

export interface Listing {
  /** Rising, all above `scope.above`. */
  readonly listed: Uint32Array;
  /** Of the period; null: not asked. */
  readonly inPeriod: Uint32Array | null;
  /** Null: not asked. */
  readonly unread: Uint32Array | null;
}

/** Which of what is listed the choice leaves out, and why. Above `periodUid` everything is new mail, whatever its date. */
export function leaveOut(scope: FolderScope, { listed, inPeriod, unread }: Listing): Sighting['leave'] {
  const periodUid = scope.periodUid ?? listed.at(-1) ?? 0;
  const within = inPeriod && new Set(inPeriod);
  const fresh = unread && new Set(unread);
  return {
    beforePeriod: within ? listed.filter((uid) => uid <= periodUid && !within.has(uid)) : new Uint32Array(),
    read: scope.byMarks && fresh ? listed.filter((uid) => !fresh.has(uid)) : new Uint32Array(),
  };
}

/** The server says of a folder what it said when nothing in it was left to do, marks included: it need not be opened. */
export function isSettled(cursor: FolderCursor, state: FolderState, choice: Choice): boolean {
  const { settled } = cursor;
  if (settled === null || cursor.judgedBy !== judgement(choice)) return false;
  // Without CONDSTORE a mark may have changed while every figure stayed the same.
  if (state.highestModseq === null) return false;
  const figures = (it: FolderState) => [it.uidValidity, it.uidNext, it.exists, it.unseen, it.highestModseq].join(' ');
  return figures(settled) === figures(state);
}
