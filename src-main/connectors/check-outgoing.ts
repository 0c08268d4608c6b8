import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { isAppError } from '../../src-shared/errors/errors.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import type { SignIn } from './connectors.ts';
import { openSmtp, type SmtpOptions, type SmtpSession, signInTo } from './smtp/session.ts';

/** Throws what stopped it, after it has been entered among the steps. No letter is sent. */
export async function checkOutgoing(
  signIn: SignIn,
  steps: CheckSteps,
  options: SmtpOptions,
  signal: AbortSignal,
): Promise<void> {
  const session = await open(signIn, steps, options, signal);
  try {
    await signInTo(session, signIn, signal);
    if (signIn.endpoint.signIn !== 'none') steps.done('smtp-sign-in', 'AUTH');
  } catch (error) {
    await steps.failed('smtp-sign-in', error);
    throw error;
  } finally {
    await session.close();
  }
}

async function open(
  { endpoint }: SignIn,
  steps: CheckSteps,
  options: SmtpOptions,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const watch: SmtpOptions['watch'] = {
    connected: (socket) => steps.done('smtp-connect', lineSeen(socket)),
    secured: (socket) => steps.done('smtp-encrypt', encryptionSeen(socket)),
  };
  try {
    return await openSmtp(endpoint, { ...options, watch }, signal);
  } catch (error) {
    await steps.failed(stepReached(steps.names(), endpoint.encryption === 'none', error), error);
    throw error;
  }
}

/** The greeting has no step of its own: without encryption it belongs to the sign-in that it kept from happening. */
function stepReached(done: readonly CheckStepName[], plain: boolean, error: unknown): CheckStepName {
  if (!done.includes('smtp-connect')) return 'smtp-connect';
  const encrypted = plain || done.includes('smtp-encrypt');
  return encrypted && !(isAppError(error) && error.code.startsWith('tls.')) ? 'smtp-sign-in' : 'smtp-encrypt';
}
