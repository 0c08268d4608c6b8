import type { PlannedEffect } from './effect.ts';
import type { KeptWhy, QuarantineWhy } from './ledger.ts';
import type { Afterwards } from './mailbox.ts';

/** What the rules made of a letter, as far as the server is concerned. */
export type OutcomeForServer =
  | { readonly kind: 'ticket' | 'append' }
  | { readonly kind: 'kept'; readonly why: KeptWhy }
  | { readonly kind: 'quarantined'; readonly why: QuarantineWhy };

const day = 24 * 60 * 60_000;

/**
 * What is to be done on the server with a letter whose outcome is known. One that a person is to look at stays untouched; only one with an error of its own goes to the
 * folder for those, where there is one (R7).
 */
export function planEffect(afterwards: Afterwards, outcome: OutcomeForServer): PlannedEffect | null {
  if (outcome.kind === 'quarantined') {
    const faulty = outcome.why === 'unreadable' || outcome.why === 'too-large';
    const failed = afterwards.kind === 'move' && faulty ? afterwards.failed : null;
    return failed === null ? null : { kind: 'move', target: failed, delay: 0 };
  }
  switch (afterwards.kind) {
    case 'leave':
      return null;
    case 'mark-read':
      return { kind: 'mark-read', target: null, delay: 0 };
    case 'move':
      return { kind: 'move', target: afterwards.done, delay: 0 };
    case 'delete':
      return { kind: 'delete', target: null, delay: afterwards.afterDays * day };
  }
}
