import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import type { IncomingConnector } from '../connectors/connectors.ts';
import type { KeyedQueue } from '../jobs/keyed-queue.ts';
import type { Logger } from '../logs/logs.ts';
import type { Store } from '../store/store.ts';
import type { BatchLimits } from './cut-batches.ts';
import type { ProgressBoard } from './load-progress.ts';

/** Rules on a mailbox's letters that have not been looked at, oldest first. */
export type SortMailbox = (mailboxId: Mailbox['id'], signal: AbortSignal) => Promise<SortedMailbox>;

export interface SortedMailbox {
  readonly created: number;
  readonly appended: number;
  readonly quarantined: number;
}

export type AfterLetters = (mailbox: Mailbox, connector: IncomingConnector, signal: AbortSignal) => Promise<void>;

export interface PassParts {
  readonly store: Pick<Store, 'call'>;
  readonly sortMailbox: SortMailbox;
  readonly log: Logger;
  readonly now: () => number;
  /** Milliseconds by the clock that nobody sets. */
  readonly passed: () => number;
  /** Asked for each folder: shared among the passes that run. */
  readonly limits: () => BatchLimits;
  /** Rules and effects of one lane run one after another (R79). */
  readonly lanes: KeyedQueue;
  readonly onMarks: () => void;
  /** What else the mailbox keeps beside its letters, on the same connection; keeps its own problems. */
  readonly afterLetters?: AfterLetters;
}

export interface Pass {
  readonly mailbox: Mailbox;
  readonly progress: ProgressBoard;
  /** Which of the ticked folders; null: all of them. */
  readonly only: string | null;
  readonly open: () => Promise<IncomingConnector>;
}
