import { lookup } from 'node:dns/promises';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { lineError } from '../net/connect.ts';
import { withinBudget } from '../net/deadline.ts';
import { serverWords } from '../net/server-words.ts';
import type { Trust } from '../net/tls.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import { protocolOf, type SignIn } from './connectors.ts';
import type { ConnectionTimes } from './limits.ts';

interface ReachOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
}

/** Signs in over one line and tells what it sees on the way. */
export type Reach = (
  signIn: SignIn,
  options: ReachOptions & {
    readonly watch: { connected(socket: Socket): void; secured(socket: TLSSocket): void };
    /** The server's first words, without those of the protocol; only the first call counts. */
    readonly greeted: (words: string) => void;
  },
  signal: AbortSignal,
) => Promise<Reached>;

export interface Reached {
  readonly signInSeen: string;
  /** Asks for what there is to load from, and says how much it is. */
  list(signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

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
    const reach = await reachOf(signIn);
    return await reach(signIn, { ...options, watch, greeted }, signal);
  } catch (error) {
    steps.failed(stepReached(signIn, steps.names()), error);
    throw error;
  }
}

/** Each with its library, of which one alone is needed. */
async function reachOf(signIn: SignIn): Promise<Reach> {
  if (protocolOf(signIn) === 'pop3') return (await import('./check-pop3.ts')).reachPop3;
  return (await import('./check-imap.ts')).reachImap;
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
