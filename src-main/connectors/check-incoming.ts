import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { type IncomingProtocol, isOverHttp } from '../../src-shared/domain/mailbox.ts';
import { lineError } from '../net/connect.ts';
import { withinBudget } from '../net/deadline.ts';
import { serverWords } from '../net/server-words.ts';
import type { CheckOptions } from './check-connection.ts';
import { reachEws } from './check-ews.ts';
import { reachGraph } from './check-graph.ts';
import { reachImap } from './check-imap.ts';
import { reachPop3 } from './check-pop3.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import { protocolOf, type SignIn } from './connectors.ts';
import { deadAddressOf, proxyOnTheWay, resolveName } from './host-addresses.ts';
import type { Reach, Reached } from './reach.ts';

const reaches: Readonly<Record<IncomingProtocol, Reach>> = {
  imap: reachImap,
  pop3: reachPop3,
  ews: reachEws,
  graph: reachGraph,
};

/** Throws what stopped it, after it has been entered among the steps. */
export async function checkIncoming(
  signIn: SignIn,
  steps: CheckSteps,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  await resolve(signIn, steps, options, signal);
  const reached = await open(signIn, steps, options, signal);
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

async function resolve(signIn: SignIn, steps: CheckSteps, options: CheckOptions, signal: AbortSignal): Promise<void> {
  const { endpoint } = signIn;
  const budget = { milliseconds: options.times.connect, signal };
  const proxy = proxyOnTheWay(protocolOf(signIn), endpoint.host);
  if (proxy !== null) return steps.done('resolve', `→ ${proxy.host}`);
  try {
    // A question to the resolver cannot be taken back; its answer is dropped.
    const found = await withinBudget(
      budget,
      () => resolveName(endpoint.host, options.lookup),
      () => {},
    );
    const seen = found.map(({ address }) => address).join(', ');
    steps.done('resolve', seen, { deadAddress: await deadAddressOf(found, endpoint.port, signal) });
  } catch (cause) {
    const error = lineError(cause, endpoint);
    await steps.failed('resolve', error);
    throw error;
  }
}

async function open(signIn: SignIn, steps: CheckSteps, options: CheckOptions, signal: AbortSignal): Promise<Reached> {
  const watch = {
    connected: (socket: Socket) => steps.done('connect', lineSeen(socket)),
    secured: (socket: TLSSocket) => steps.done('encrypt', encryptionSeen(socket)),
  };
  const greeted = (words: string): void => {
    if (!steps.names().includes('greet')) steps.done('greet', serverWords(words, 'OK'));
  };
  try {
    return await reaches[protocolOf(signIn)](signIn, { ...options, watch, greeted }, signal);
  } catch (error) {
    await steps.failed(stepReached(signIn, steps.names()), error);
    throw error;
  }
}

/** Which step it was that did not come to its end. With STARTTLS the greeting comes before encryption. */
function stepReached(signIn: SignIn, done: readonly CheckStepName[]): CheckStepName {
  const order: readonly CheckStepName[] = {
    tls: ['connect', 'encrypt', 'greet'] as const,
    starttls: ['connect', 'greet', 'encrypt'] as const,
    none: ['connect', 'greet'] as const,
  }[signIn.endpoint.encryption];
  // Over HTTP nobody speaks before he is asked.
  const spoken = isOverHttp(protocolOf(signIn)) ? order.filter((step) => step !== 'greet') : order;
  return spoken.find((step) => !done.includes(step)) ?? 'sign-in';
}
