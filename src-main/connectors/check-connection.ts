import type { ConnectionCheck, ForeignCertificate } from '../../src-shared/domain/connection-check.ts';
import { AppError, isAppError } from '../../src-shared/errors/errors.ts';
import { throwIfCancelled } from '../net/deadline.ts';
import { placeOf, type Trust } from '../net/tls.ts';
import { checkIncoming } from './check-incoming.ts';
import { checkOutgoing } from './check-outgoing.ts';
import { type CheckSteps, createCheckSteps, foreignCertificate } from './check-steps.ts';
import type { SignIn } from './connectors.ts';
import type { ConnectionTimes } from './limits.ts';

interface CheckOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
}

type Walk = (signIn: SignIn, steps: CheckSteps, options: CheckOptions, signal: AbortSignal) => Promise<void>;

/** Both directions at once, each up to its first failure; rejects only when it is called off. */
export async function checkConnection(
  incoming: SignIn,
  outgoing: SignIn | null,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<ConnectionCheck> {
  const late = AbortSignal.timeout(options.times.check);
  const during = AbortSignal.any([signal, late]);
  const walk = async (direction: 'incoming' | 'outgoing', signIn: SignIn | null, run: Walk) => {
    const steps = withTimeout(createCheckSteps(), signIn, late);
    try {
      if (signIn !== null) await run(await withTokenFor(direction, signIn, steps, during), steps, options, during);
      return { steps: steps.list, certificate: null };
    } catch (error) {
      if (steps.list.at(-1)?.problem == null) throw error;
      return { steps: steps.list, certificate: foreignCertificate(direction, error) };
    }
  };
  const directions = await Promise.all([
    walk('incoming', incoming, checkIncoming),
    walk('outgoing', outgoing, checkOutgoing),
  ]);
  throwIfCancelled(signal);
  const steps = directions.flatMap((direction) => direction.steps);
  const certificates = directions.flatMap(({ certificate }): ForeignCertificate[] =>
    certificate ? [certificate] : [],
  );
  return { ok: steps.every(({ problem }) => problem === null), steps, certificate: certificates[0] ?? null };
}

/** The token comes before the line: what keeps it away has kept the sign-in away. */
async function withTokenFor(
  direction: 'incoming' | 'outgoing',
  signIn: SignIn,
  steps: CheckSteps,
  signal: AbortSignal,
): Promise<SignIn> {
  if (signIn.askToken === undefined) return signIn;
  try {
    return { ...signIn, accessToken: await signIn.askToken(null, signal) };
  } catch (error) {
    steps.failed(direction === 'incoming' ? 'sign-in' : 'smtp-sign-in', error);
    throw error;
  }
}

/** The end of the whole check's time reaches the steps as a cancellation; it is nobody's wish. */
function withTimeout(steps: CheckSteps, signIn: SignIn | null, late: AbortSignal): CheckSteps {
  return {
    ...steps,
    failed(name, error) {
      const timedOut = late.aborted && isAppError(error, 'cancelled') && signIn !== null;
      steps.failed(name, timedOut ? new AppError('network.timeout', placeOf(signIn.endpoint)) : error);
    },
  };
}
