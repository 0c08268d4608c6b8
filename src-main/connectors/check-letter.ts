import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../src-shared/errors/errors.ts';
import { placeOf } from '../net/tls.ts';
import type { CheckSteps } from './check-steps.ts';
import type { IncomingConnector, SignIn, TestLetter } from './connectors.ts';
import { openOver, type ProtocolOptions, submitOver } from './over-protocol.ts';
import type { ReachOptions } from './reach.ts';
import { rememberForNow } from './remember-for-now.ts';

export interface LetterWalk {
  /** Null: it only sends, and where the letter goes is not looked. */
  readonly incoming: SignIn | null;
  readonly outgoing: SignIn;
  readonly letter: TestLetter;
  readonly sending: CheckSteps;
  readonly receiving: CheckSteps | null;
}

/** Where letters arrive, over each protocol. */
const inbox = 'INBOX';
/** As often as nobody minds being asked. */
const askEvery = 2_000;

/** Sends a letter to oneself and waits until it is in the inbox; it stays there. Throws what stopped it, after it has been entered among the steps. */
export async function checkLetter(walk: LetterWalk, options: ReachOptions, signal: AbortSignal): Promise<void> {
  const { incoming, receiving } = walk;
  const over = { ...options, knownVersions: new Map() };
  walk.sending.begin();
  if (incoming === null || receiving === null) return send(walk, over, signal);
  const connector = await openOver(incoming, { options: over, memory: rememberForNow() }, signal);
  try {
    const before = await newestUid(connector, signal);
    await send(walk, over, signal);
    receiving.begin();
    const awaited = { before, incoming, letter: walk.letter, milliseconds: options.times.arrival };
    const uid = await entered(receiving, 'receive-letter', () => arrival(connector, awaited, signal));
    receiving.done('receive-letter', `${inbox} UID ${uid}`);
  } finally {
    await connector.close();
  }
}

async function send(
  { outgoing, letter, sending }: LetterWalk,
  options: ProtocolOptions,
  signal: AbortSignal,
): Promise<void> {
  const { serverWords } = await entered(sending, 'send-letter', () => submitOver(outgoing, letter, options, signal));
  sending.done('send-letter', serverWords);
}

async function entered<T>(
  steps: CheckSteps,
  name: 'send-letter' | 'receive-letter',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await steps.failed(name, error);
    throw error;
  }
}

async function newestUid(connector: IncomingConnector, signal: AbortSignal): Promise<number> {
  const folder = await connector.openFolder(inbox, signal);
  return folder.exists === 0 ? 0 : ((await folder.listUids({ afterUid: 0, since: null }, signal)).at(-1) ?? 0);
}

interface Awaited {
  readonly before: number;
  readonly incoming: SignIn;
  readonly letter: TestLetter;
  readonly milliseconds: number;
}

async function arrival(
  connector: IncomingConnector,
  { before, incoming, letter, milliseconds }: Awaited,
  signal: AbortSignal,
): Promise<number> {
  const end = performance.now() + milliseconds;
  for (;;) {
    // A folder over POP3 is a snapshot of its session; asking for its state begins another.
    await connector.folderStates([inbox], signal);
    const folder = await connector.openFolder(inbox, signal);
    for (const uid of await folder.listUids({ afterUid: before, since: null }, signal)) {
      const found = await folder.fetchHeader(uid, signal);
      if (found !== null && Buffer.from(found.header).includes(letter.messageId)) return uid;
    }
    if (performance.now() >= end) throw new AppError('network.timeout', placeOf(incoming.endpoint));
    await pause(Math.min(askEvery, milliseconds / 20), undefined, { signal }).catch((cause: unknown) => {
      throw new AppError('cancelled', {}, { cause });
    });
  }
}
