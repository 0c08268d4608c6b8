import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import type { IncomingProtocol } from '../../src-shared/domain/mailbox.ts';
import type { CheckOptions } from './check-connection.ts';
import { reachEws } from './check-ews.ts';
import { reachGraph } from './check-graph.ts';
import { reachImap } from './check-imap.ts';
import { type LineSteps, walkLine } from './check-line.ts';
import { reachPop3 } from './check-pop3.ts';
import type { CheckSteps } from './check-steps.ts';
import { protocolOf, type SignIn } from './connectors.ts';
import type { Reach, Reached } from './reach.ts';

const reaches: Readonly<Record<IncomingProtocol, Reach>> = {
  imap: reachImap,
  pop3: reachPop3,
  ews: reachEws,
  graph: reachGraph,
};

const names: LineSteps = {
  resolve: 'resolve',
  connect: 'connect',
  encrypt: 'encrypt',
  greet: 'greet',
  signIn: 'sign-in',
};

/** Throws what stopped it, after it has been entered among the steps. */
export async function checkIncoming(
  signIn: SignIn,
  steps: CheckSteps,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const protocol = protocolOf(signIn);
  const reached = await walkLine(
    { signIn, protocol, names, steps, options },
    (ready, seen) => reaches[protocol](ready, { ...options, ...seen }, signal),
    signal,
  );
  try {
    steps.done('sign-in', reached.signInSeen);
    await look(reached, steps, options.writeFlag === true, signal);
  } finally {
    await reached.close();
  }
}

/** What there is, one letter of it, and where it was asked for a mark. */
async function look(reached: Reached, steps: CheckSteps, writeFlag: boolean, signal: AbortSignal): Promise<void> {
  let step: CheckStepName = 'list-folders';
  try {
    const { seen, ...facts } = await reached.list(signal);
    steps.done(step, seen, facts);
    step = 'read-letter';
    const letter = await reached.read(signal);
    if (letter === null) return;
    steps.done(step, letter.seen, letter);
    step = 'write-flag';
    if (writeFlag && reached.mark) steps.done(step, await reached.mark(signal));
  } catch (error) {
    await steps.failed(step, error);
    throw error;
  }
}
