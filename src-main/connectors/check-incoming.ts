import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { lineError } from '../net/connect.ts';
import { withinBudget } from '../net/deadline.ts';
import { serverWords } from '../net/server-words.ts';
import { reachImap } from './check-imap.ts';
import { reachPop3 } from './check-pop3.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import { protocolOf, type SignIn } from './connectors.ts';
import type { Reached, ReachOptions } from './reach.ts';

/** Throws what stopped it, after it has been entered among the steps. */
export async function checkIncoming(
  signIn: SignIn,
  steps: CheckSteps,
  options: ReachOptions,
  signal: AbortSignal,
): Promise<void> {
  await resolve(signIn, steps, options, signal);
  const reached = await open(signIn, steps, options, signal);
  try {
    steps.done('sign-in', reached.signInSeen);
    steps.done('list-folders', await reached.list(signal));
  } catch (error) {
    steps.failed('list-folders', error);
    throw error;
  } finally {
    await reached.close();
  }
}

async function resolve(
  { endpoint }: SignIn,
  steps: CheckSteps,
  { times }: ReachOptions,
  signal: AbortSignal,
): Promise<void> {
  try {
    const ask = () => lookup(endpoint.host, { all: true });
    // A question to the resolver cannot be taken back; its answer is dropped.
    const found = await withinBudget({ milliseconds: times.connect, signal }, ask, () => {});
    steps.done('resolve', found.map(({ address }) => address).join(', '));
  } catch (cause) {
    const error = lineError(cause, endpoint);
    steps.failed('resolve', error);
    throw error;
  }
}

async function open(signIn: SignIn, steps: CheckSteps, options: ReachOptions, signal: AbortSignal): Promise<Reached> {
  const watch = {
    connected: (socket: Socket) => steps.done('connect', lineSeen(socket)),
    secured: (socket: TLSSocket) => steps.done('encrypt', encryptionSeen(socket)),
  };
  const greeted = (words: string): void => {
    if (!steps.names().includes('greet')) steps.done('greet', serverWords(words, 'OK'));
  };
  try {
    const reach = protocolOf(signIn) === 'pop3' ? reachPop3 : reachImap;
    return await reach(signIn, { ...options, watch, greeted }, signal);
  } catch (error) {
    steps.failed(stepReached(signIn, steps.names()), error);
    throw error;
  }
}

/** Which step it was that did not come to its end. With STARTTLS the greeting comes before encryption. */
function stepReached({ endpoint }: SignIn, done: readonly CheckStepName[]): CheckStepName {
  const order: readonly CheckStepName[] = {
    tls: ['connect', 'encrypt', 'greet'] as const,
    starttls: ['connect', 'greet', 'encrypt'] as const,
    none: ['connect', 'greet'] as const,
  }[endpoint.encryption];
  return order.find((step) => !done.includes(step)) ?? 'sign-in';
}
