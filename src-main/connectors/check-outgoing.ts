import type { OutgoingProtocol } from '../../src-shared/domain/mailbox.ts';
import type { CheckOptions } from './check-connection.ts';
import { reachEwsToSend } from './check-ews.ts';
import { reachGraphToSend } from './check-graph.ts';
import { type LineSteps, walkLine } from './check-line.ts';
import { reachSmtp } from './check-smtp.ts';
import type { CheckSteps } from './check-steps.ts';
import { type SignIn, sendingProtocolOf } from './connectors.ts';
import type { ReachToSend } from './reach.ts';

const reaches: Readonly<Record<OutgoingProtocol, ReachToSend>> = {
  smtp: reachSmtp,
  ews: reachEwsToSend,
  graph: reachGraphToSend,
};

const names: LineSteps = {
  resolve: 'smtp-resolve',
  connect: 'smtp-connect',
  encrypt: 'smtp-encrypt',
  greet: 'smtp-greet',
  signIn: 'smtp-sign-in',
};

/** Throws what stopped it, after it has been entered among the steps. No letter is sent. */
export async function checkOutgoing(
  signIn: SignIn,
  steps: CheckSteps,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const protocol = sendingProtocolOf(signIn);
  const seen = await walkLine(
    { signIn, protocol, names, steps, options },
    (ready, seen) => reaches[protocol](ready, { ...options, ...seen }, signal),
    signal,
  );
  if (signIn.endpoint.signIn !== 'none') steps.done('smtp-sign-in', seen);
}
