import type { Afterwards } from '../../src-shared/domain/mailbox.ts';

/** Parts of the console's contract that the run makes use of. One that is switched off is left out of the walk and of the comparison. */
export const scope = {
  /** Mailboxes that mark, move or delete letters on the server. */
  effects: true,
  /** The ledger's closing balance of each folder. */
  balances: true,
} as const;

/** Graph is held to what Exchange is: the same memory of names, over other words. */
export type ModelProtocol = 'imap' | 'pop3' | 'ews';

export interface ModelMailbox {
  readonly user: string;
  readonly protocol: ModelProtocol;
  readonly afterwards: Afterwards;
}

/** Every mailbox has them; the console is to load all but those that are not ticked. */
export const tickedFolders = ['INBOX', 'Projects', 'Заявки'] as const;
export const otherFolders = ['Elsewhere', 'Done'] as const;
export const allFolders: readonly string[] = [...tickedFolders, ...otherFolders];

const leave: Afterwards = { kind: 'leave' };
const touching: readonly (readonly [string, Afterwards])[] = [
  ['marks', { kind: 'mark-read' }],
  ['moves', { kind: 'move', done: 'Done', failed: null, create: false }],
  ['deletes', { kind: 'delete', afterDays: 0 }],
];

/** `run` keeps the users of two runs on one server apart. */
export function modelMailboxes(run: string, protocol: ModelProtocol): readonly ModelMailbox[] {
  const possible = protocol === 'pop3' ? touching.filter(([, { kind }]) => kind === 'delete') : touching;
  const kinds = [...['one', 'two'].map((name) => [name, leave] as const), ...(scope.effects ? possible : [])];
  return kinds.map(([name, afterwards]) => ({ user: `${run}${name}`, protocol, afterwards }));
}

/** POP3 knows the inbox alone. */
export function isTicked({ protocol }: Pick<ModelMailbox, 'protocol'>, folder: string): boolean {
  return protocol === 'pop3' ? folder === 'INBOX' : (tickedFolders as readonly string[]).includes(folder);
}
