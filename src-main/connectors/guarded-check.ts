import type { CheckStep, ConnectionCheck } from '../../src-shared/domain/connection-check.ts';
import type { ConnectionLog } from '../logs/connection-log.ts';
import { type CheckOptions, checkConnection } from './check-connection.ts';
import { protocolOf, type SignIn, sendingProtocolOf } from './connectors.ts';
import { type ScribeQuestion, scribeFor } from './scribe.ts';
import { type GuardedSignIn, guardSignIn } from './unquoted-errors.ts';

export interface CheckedSignIns {
  readonly incoming: SignIn | null;
  readonly outgoing: SignIn | null;
}

/**
 * The check as everybody else is to see it: what servers quoted of a sign-in is hidden in each step, in what is told as it ends and in the result; and each direction
 * leaves a line in the log of its mailbox.
 */
export async function guardedCheck(
  signIns: CheckedSignIns,
  log: ConnectionLog | undefined,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const incoming = signIns.incoming && guardSignIn(signIns.incoming);
  const outgoing = signIns.outgoing && guardSignIn(signIns.outgoing);
  // Of both, whichever way a step went: they often have one password.
  const hideIn = (text: string): string =>
    [incoming, outgoing].reduce((left, guard) => guard?.hideIn(left) ?? left, text);
  const onStep = (step: CheckStep) => options.onStep?.(unquoted(step, hideIn));
  const own = { ...options, onStep };
  const check = await checkConnection(incoming?.signIn ?? null, outgoing?.signIn ?? null, own, signal);
  const steps = check.steps.map((step) => unquoted(step, hideIn));
  if (incoming) note(incoming, log, { protocol: protocolOf(incoming.signIn), steps: steps.filter(isReceiving) });
  if (outgoing) {
    const sending = steps.filter((step) => !isReceiving(step));
    note(outgoing, log, { protocol: sendingProtocolOf(outgoing.signIn), steps: sending });
  }
  return { ...check, steps };
}

/** Steps of sending have their own names, whatever the protocol. */
const isReceiving = ({ name }: CheckStep): boolean => !name.startsWith('smtp-') && name !== 'send-letter';

function unquoted(step: CheckStep, hideIn: (text: string) => string): CheckStep {
  const { seen, problem, finding } = step;
  return {
    ...step,
    seen: hideIn(seen),
    problem: problem && { ...problem, params: hiddenIn(problem.params, hideIn) },
    finding: finding && {
      ...finding,
      params: hiddenIn(finding.params, hideIn),
      commands: finding.commands.map(hideIn),
    },
  };
}

function hiddenIn(
  params: Readonly<Record<string, string | number>>,
  hideIn: (text: string) => string,
): Record<string, string | number> {
  const hidden = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? hideIn(value) : value,
  ]);
  return Object.fromEntries(hidden) as Record<string, string | number>;
}

interface WalkedDirection {
  readonly protocol: ScribeQuestion['protocol'];
  readonly steps: readonly CheckStep[];
}

/** A direction that was not walked leaves no line. */
function note(guard: GuardedSignIn, log: ConnectionLog | undefined, { protocol, steps }: WalkedDirection): void {
  const scribe = scribeFor(log, { ...guard, protocol });
  const problem = steps.find((step) => step.problem !== null)?.problem ?? null;
  if (steps.length === 0 || (problem === null && !scribe.keepsAll())) return;
  const milliseconds = Math.round(steps.reduce((sum, step) => sum + step.milliseconds, 0));
  scribe.note('checked', { problem, milliseconds });
}
