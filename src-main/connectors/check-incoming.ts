import { lookup } from 'node:dns/promises';
import type { CheckStepName } from '../../src-shared/domain/connection-check.ts';
import { lineError } from '../net/connect.ts';
import { withinBudget } from '../net/deadline.ts';
import { serverWords } from '../net/server-words.ts';
import { type CheckSteps, encryptionSeen, lineSeen } from './check-steps.ts';
import type { SignIn } from './connectors.ts';
import { listFolders } from './imap/list-folders.ts';
import { type LineWatch, openSession, type Session, type SessionOptions } from './imap/session.ts';

/** Throws what stopped it, after it has been entered among the steps. */
export async function checkIncoming(
  signIn: SignIn,
  steps: CheckSteps,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<void> {
  await resolve(signIn, steps, options, signal);
  const session = await open(signIn, steps, options, signal);
  try {
    steps.done('sign-in', signInSeen(session));
    const folders = await listFolders(session, signal);
    steps.done('list-folders', `LIST ${folders.length}`);
  } catch (error) {
    steps.failed('list-folders', error);
    throw error;
  } finally {
    await session.close();
  }
}

async function resolve(
  { endpoint }: SignIn,
  steps: CheckSteps,
  { times }: SessionOptions,
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

async function open(signIn: SignIn, steps: CheckSteps, options: SessionOptions, signal: AbortSignal): Promise<Session> {
  try {
    return await openSession(signIn, { ...options, watch: watchInto(steps) }, signal);
  } catch (error) {
    steps.failed(stepReached(signIn, steps.names()), error);
    throw error;
  }
}

function watchInto(steps: CheckSteps): LineWatch {
  return {
    connected: (socket) => steps.done('connect', lineSeen(socket)),
    secured: (socket) => steps.done('encrypt', encryptionSeen(socket)),
    heard(chunk) {
      const [line = ''] = chunk.toString('utf8').split('\r\n', 1);
      // A BYE is the failure of this step, and reported as one when the line ends.
      if (steps.names().includes('greet') || line.startsWith('* BYE')) return;
      steps.done('greet', serverWords(line.replace(/^\* OK( \[[^\]]*\])?/, ''), 'OK'));
    },
  };
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

function signInSeen({ client }: Session): string {
  const { name, version } = client.serverInfo ?? {};
  const server = typeof name === 'string' ? `ID ${[name, version].filter(Boolean).join(' ')}, ` : '';
  return serverWords(`${server}CAPABILITY ${client.capabilities.size}`, 'OK');
}
