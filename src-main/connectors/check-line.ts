import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { MailProtocol } from '../../src-shared/doctor/clues.ts';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { isOverHttp } from '../../src-shared/domain/mailbox.ts';
import { lineError } from '../net/connect.ts';
import { withinBudget } from '../net/deadline.ts';
import { serverWords } from '../net/server-words.ts';
import type { CheckOptions } from './check-connection.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import type { SignIn } from './connectors.ts';
import { deadAddressOf, proxyOnTheWay, resolveName } from './host-addresses.ts';
import type { LineWatch } from './reach.ts';

/** What the steps up to the sign-in are called in one direction. */
export interface LineSteps {
  readonly resolve: CheckStepName;
  readonly connect: CheckStepName;
  readonly encrypt: CheckStepName;
  readonly greet: CheckStepName;
  readonly signIn: CheckStepName;
}

export interface LineWalk {
  readonly signIn: SignIn;
  readonly protocol: MailProtocol;
  readonly names: LineSteps;
  readonly steps: CheckSteps;
  readonly options: CheckOptions;
}

/** Finds the server and signs in there as `open` does it, each part of the way a step. Throws what stopped it, after it has been entered among the steps. */
export async function walkLine<T>(
  walk: LineWalk,
  open: (watch: { readonly watch: LineWatch; readonly greeted: (words: string) => void }) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await resolve(walk, signal);
  const { names, steps } = walk;
  const watch = {
    connected: (socket: Socket) => steps.done(names.connect, lineSeen(socket)),
    secured: (socket: TLSSocket) => steps.done(names.encrypt, encryptionSeen(socket)),
  };
  const greeted = (words: string): void => {
    if (!steps.names().includes(names.greet)) steps.done(names.greet, serverWords(words, 'OK'));
  };
  try {
    return await open({ watch, greeted });
  } catch (error) {
    await steps.failed(stepReached(walk), error);
    throw error;
  }
}

async function resolve({ signIn, protocol, names, steps, options }: LineWalk, signal: AbortSignal): Promise<void> {
  const { endpoint } = signIn;
  const budget = { milliseconds: options.times.connect, signal };
  const proxy = await proxyOnTheWay(protocol, endpoint.host);
  if (proxy !== null) return steps.done(names.resolve, `→ ${proxy.host}`);
  try {
    // A question to the resolver cannot be taken back; its answer is dropped.
    const found = await withinBudget(
      budget,
      () => resolveName(endpoint.host, options.lookup),
      () => {},
    );
    const seen = found.map(({ address }) => address).join(', ');
    steps.done(names.resolve, seen, { deadAddress: await deadAddressOf(found, endpoint.port, signal) });
  } catch (cause) {
    const error = lineError(cause, endpoint);
    await steps.failed(names.resolve, error);
    throw error;
  }
}

/** Which step it was that did not come to its end. With STARTTLS the greeting comes before encryption. */
function stepReached({ signIn, protocol, names, steps }: LineWalk): CheckStepName {
  const { connect, encrypt, greet } = names;
  const order: readonly CheckStepName[] = {
    tls: [connect, encrypt, greet],
    starttls: [connect, greet, encrypt],
    none: [connect, greet],
  }[signIn.endpoint.encryption];
  // Over HTTP nobody speaks before he is asked.
  const spoken = isOverHttp(protocol) ? order.filter((step) => step !== greet) : order;
  return spoken.find((step) => !steps.names().includes(step)) ?? names.signIn;
}
