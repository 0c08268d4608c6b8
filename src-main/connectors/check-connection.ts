import type { CheckStep, ConnectionCheck, ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { isSameServer } from '../../src-shared/domain/mailbox-directions.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { throwIfCancelled } from '../net/deadline.ts';
import { hasOutsideAddress } from '../net/network-watch.ts';
import { placeOf } from '../net/tls.ts';
import { checkIncoming } from './check-incoming.ts';
import { checkLetter } from './check-letter.ts';
import { checkOutgoing } from './check-outgoing.ts';
import { type CheckSteps, createCheckSteps } from './check-steps.ts';
import { type CheckWishes, protocolOf, type SignIn, sendingProtocolOf } from './connectors.ts';
import { foreignCertificate } from './failure-clues.ts';
import { proxyOnTheWay } from './host-addresses.ts';
import { lookCloser } from './look-closer.ts';
import { speaksOldTlsAlone } from './look-for-old-tls.ts';
import type { ReachOptions } from './reach.ts';

/** `tokenIsNew`: it was got for this very check, so that another one would be its like. */
export type CheckOptions = ReachOptions & CheckWishes & { readonly tokenIsNew?: boolean };
type Direction = 'incoming' | 'outgoing';
type Walk = (signIn: SignIn, steps: CheckSteps, options: CheckOptions, signal: AbortSignal) => Promise<void>;

/** A second look at a port waits so long for each of its questions. */
const longestLook = 1_500;

/** Both directions at once, each up to its first failure; rejects only when it is called off. */
export async function checkConnection(
  incoming: SignIn | null,
  outgoing: SignIn | null,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const late = AbortSignal.timeout(options.times.check);
  const during = AbortSignal.any([signal, late]);
  const walk = async (direction: Direction, signIn: SignIn | null, run: Walk) => {
    if (signIn === null) return { steps: [], certificate: null };
    const steps = stepsOf(direction, signIn, options, { signal, late });
    try {
      const { ready, tokenIsNew } = await withTokenFor(direction, signIn, steps, during);
      await run(ready, steps, { ...options, tokenIsNew }, during);
      return { steps: steps.list, certificate: null };
    } catch (error) {
      if (steps.list.at(-1)?.problem == null) throw error;
      return { steps: steps.list, certificate: foreignCertificate(direction, error) };
    }
  };
  const directions = await Promise.all([
    walk('incoming', incoming, checkIncoming),
    walk('outgoing', isChecked(incoming, outgoing) ? null : outgoing, checkOutgoing),
  ]);
  throwIfCancelled(signal);
  const walked = directions.flatMap((direction) => direction.steps);
  const well = walked.every(({ problem }) => problem === null);
  const letter = well ? await walkLetter(incoming, outgoing, options, signal) : [];
  const steps = [...walked, ...letter];
  const certificates = directions.flatMap(({ certificate }): ForeignCertificate[] =>
    certificate ? [certificate] : [],
  );
  return { ok: steps.every(({ problem }) => problem === null), steps, certificate: certificates[0] ?? null };
}

/** Over HTTP one server gives letters and takes them: then it is checked as the one that they are received from. */
function isChecked(incoming: SignIn | null, outgoing: SignIn | null): boolean {
  return incoming !== null && outgoing !== null && isSameServer(incoming.endpoint, outgoing.endpoint);
}

/** The token comes before the line: what keeps it away has kept the sign-in away. */
async function withTokenFor(
  direction: Direction,
  signIn: SignIn,
  steps: CheckSteps,
  signal: AbortSignal,
): Promise<{ readonly ready: SignIn; readonly tokenIsNew: boolean }> {
  const { askToken } = signIn;
  if (askToken === undefined) return { ready: signIn, tokenIsNew: false };
  try {
    const tokenIsNew = (await askToken.isHeld?.()) === false;
    return { ready: { ...signIn, accessToken: await askToken(null, signal) }, tokenIsNew };
  } catch (error) {
    await steps.failed(direction === 'incoming' ? 'sign-in' : 'smtp-sign-in', error);
    throw error;
  }
}

/** Only when all directions that there are have been found well. */
async function walkLetter(
  incoming: SignIn | null,
  outgoing: SignIn | null,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<readonly CheckStep[]> {
  const { testLetter: letter } = options;
  if (!letter || outgoing === null) return [];
  const never = new AbortController().signal;
  const sending = stepsOf('outgoing', outgoing, options, { signal, late: never });
  const receiving = incoming && stepsOf('incoming', incoming, options, { signal, late: never });
  const entered = () => [...sending.list, ...(receiving?.list ?? [])];
  try {
    const lines = {
      outgoing: (await withTokenFor('outgoing', outgoing, sending, signal)).ready,
      incoming: incoming && receiving && (await withTokenFor('incoming', incoming, receiving, signal)).ready,
    };
    await checkLetter({ ...lines, letter, sending, receiving }, options, signal);
  } catch (error) {
    throwIfCancelled(signal);
    if (!entered().some(({ problem }) => problem !== null)) throw error;
  }
  return entered();
}

function stepsOf(
  direction: Direction,
  signIn: SignIn,
  {
    times,
    address = null,
    provider = null,
    oauth = null,
    online = hasOutsideAddress,
    now = Date.now,
    onStep,
  }: CheckOptions,
  { signal, late }: { readonly signal: AbortSignal; readonly late: AbortSignal },
): CheckSteps {
  const { endpoint, actsAs = null } = signIn;
  const protocol = direction === 'outgoing' ? sendingProtocolOf(signIn) : protocolOf(signIn);
  const proxied = async () => (await proxyOnTheWay(protocol, endpoint.host)) !== null;
  return createCheckSteps({
    patient: { protocol, endpoint, address, actsAs, provider, oauth },
    online,
    now,
    // Past the proxy there may be no way at all, and what there is need not be the same.
    lookCloser: async () =>
      (await proxied()) ? null : lookCloser(endpoint, { milliseconds: Math.min(longestLook, times.greeting), signal }),
    speaksOldTlsAlone: async () =>
      !(await proxied()) &&
      speaksOldTlsAlone({ endpoint, protocol }, { milliseconds: Math.min(longestLook, times.greeting), signal }),
    // The end of the whole check's time reaches the steps as a cancellation; it is nobody's wish.
    explain: (error) =>
      late.aborted && isAppError(error, 'cancelled') ? new AppError('network.timeout', placeOf(endpoint)) : error,
    onStep: (step) => {
      if (!signal.aborted) onStep?.(step);
    },
  });
}
