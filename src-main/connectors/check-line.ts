import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { MailProtocol } from '../../src-shared/doctor/clues.ts';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { isOverHttp } from '../../src-shared/domain/mailbox.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
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
  open: (signIn: SignIn, seen: { readonly watch: LineWatch; readonly greeted: (words: string) => void }) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await resolve(walk, signal);
  const { names, steps } = walk;
  const once = (name: CheckStepName, seen: string): void => {
    if (!steps.names().includes(name)) steps.done(name, seen);
  };
  const watch = {
    connected: (socket: Socket) => once(names.connect, lineSeen(socket)),
    secured: (socket: TLSSocket) => once(names.encrypt, encryptionSeen(socket)),
  };
  const greeted = (words: string): void => once(names.greet, serverWords(words, 'OK'));
  try {
    return await withAnotherToken(walk, (signIn) => open(signIn, { watch, greeted }), signal);
  } catch (error) {
    await steps.failed(stepReached(walk), error);
    throw error;
  }
}

/** A token that was got before may not have what the administrator has given since: it is asked for once more before the sign-in is said to fail. */
async function withAnotherToken<T>(walk: LineWalk, open: (signIn: SignIn) => Promise<T>, signal: AbortSignal) {
  const { signIn } = walk;
  try {
    return await open(signIn);
  } catch (error) {
    const { askToken, accessToken = null } = signIn;
    if (askToken === undefined || accessToken === null || !mayHangOnToken(walk, error)) throw error;
    return open({ ...signIn, accessToken: await askToken(accessToken, signal) });
  }
}

/** Nothing has been done yet. What an application may do stands in its token; what a person may do is looked up by the server. */
function mayHangOnToken(walk: LineWalk, error: unknown): boolean {
  const { tokenIsNew, oauth } = walk.options;
  if (tokenIsNew || stepReached(walk) !== walk.names.signIn) return false;
  if (isAppError(error, 'auth.rejected')) return true;
  return (
    oauth?.flow === 'application' && (isAppError(error, 'graph.no-access') || isAppError(error, 'exchange.no-access'))
  );
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
