import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { outboxRowsContract } from '../api/outbox.ts';
import type { WritableDb } from '../process/connection.ts';
import { claimOutgoing, decideOutgoing, nextDue, recoverOutgoing, settleAttempt } from './outbox-attempts.ts';
import { listOutgoing, putOutgoing } from './outbox-store.ts';

/** The answers on their way out, over one open database. */
export function outboxRowHandlers(db: WritableDb): Handlers<typeof outboxRowsContract> {
  return {
    'outbox.put': async ({ outgoing, nextState }) => putOutgoing(db, outgoing, nextState),
    'outbox.list': async ({ states, limit }) => listOutgoing(db, states, limit),
    'outbox.nextDue': async () => nextDue(db),
    'outbox.claim': async (claim) => claimOutgoing(db, claim),
    'outbox.settle': async (end) => settleAttempt(db, end),
    'outbox.decide': async ({ outgoingId, from, state }) => decideOutgoing(db, outgoingId, from, state),
    'outbox.recover': async () => recoverOutgoing(db),
  };
}
