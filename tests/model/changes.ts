import type { ModelLetter } from './letters.ts';

/** One message in one folder of one mailbox. It keeps its id when it is moved, and gets another UID. */
export type CopyId = number;

export interface Arrival {
  readonly letter: ModelLetter;
  /** Where it comes to; more than one place: the same bytes, twice. */
  readonly places: readonly { readonly copy: CopyId; readonly user: string; readonly folder: string }[];
}

/** What another session, the mail server or its administrator does. */
export type Change =
  /** `lmtp`: to inboxes, with the lines that delivery adds. `append`: by another session. `maildir`: many at once. */
  | { readonly kind: 'arrive'; readonly how: 'lmtp' | 'append' | 'maildir'; readonly letters: readonly Arrival[] }
  /** The same content twice. */
  | { readonly kind: 'copy'; readonly from: CopyId; readonly copy: CopyId; readonly folder: string }
  | { readonly kind: 'move'; readonly copy: CopyId; readonly folder: string }
  | { readonly kind: 'delete'; readonly copy: CopyId }
  | { readonly kind: 'flag'; readonly copy: CopyId; readonly flag: '\\Seen' | '\\Flagged'; readonly set: boolean }
  /** `uidlist`: the server has lost its numbers. `recreated`: the folder was removed and made again with the same letters. */
  | {
      readonly kind: 'renumber';
      readonly user: string;
      readonly folder: string;
      readonly how: 'uidlist' | 'recreated';
    };

/** Of one letter that is there. */
export type ChangeOfOne = Exclude<Change, { readonly kind: 'arrive' | 'renumber' }>;

/** The nth call of this name that the console makes to its store (`*`: of any name), before it is sent or after it was answered. */
export interface Point {
  readonly call: string;
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What befalls the console while it loads. */
export type Fault =
  | { readonly kind: 'none' }
  /** SIGKILL to the console. */
  | { readonly kind: 'kill'; readonly at: Point }
  /** The same, at a moment that nobody chose. */
  | { readonly kind: 'kill-after'; readonly milliseconds: number }
  /** SIGKILL to its store process only. */
  | { readonly kind: 'kill-store'; readonly at: Point }
  | { readonly kind: 'line'; readonly how: 'cut' | 'reset' | 'stall'; readonly afterBytes: number }
  /** Only this user's mailbox is loaded, so that nobody races with the changes: the console stands still there while they are made. */
  | { readonly kind: 'meanwhile'; readonly user: string; readonly at: Point; readonly changes: readonly Change[] };

/** Changes, then a pass of the console over all mailboxes. */
export interface Group {
  readonly changes: readonly Change[];
  readonly fault: Fault;
  /** The console is ended in order and started again before the pass. */
  readonly restart: boolean;
}

export const nothing: Fault = { kind: 'none' };
export const placeKey = (user: string, folder: string): string => `${user}/${folder}`;
/** One content of one mailbox. */
export const contentKey = (user: string, serial: number): string => `${user}#${serial}`;
