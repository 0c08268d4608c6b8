import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { encryptLine } from '../../net/connect.ts';
import { type Budget, throwIfCancelled } from '../../net/deadline.ts';
import { placeOf, type Trust } from '../../net/tls.ts';
import type { SignIn } from '../connectors.ts';
import type { ConnectionTimes } from '../limits.ts';
import { type Capabilities, capabilitiesIn, deletesWhatWasRead, loginDelayOf, mayOffer } from './capabilities.ts';
import { type Conversation, converse } from './conversation.ts';
import { Pop3Refusal, pop3Error, type RefusedStep } from './errors.ts';
import { openPop3Line } from './open-line.ts';
import { signInWith } from './sign-in.ts';

export interface SessionOptions {
  readonly trust: Trust;
  readonly times: ConnectionTimes;
  /** Called as the line comes up, for the connection check. */
  readonly watch?: LineWatch;
}

export interface LineWatch {
  connected(socket: Socket): void;
  secured(socket: TLSSocket): void;
  /** The server's first line. */
  greeted(status: string): void;
}

/** A signed-in connection: from the sign-in to the end the mailbox is as it was at the sign-in (RFC 1939, 8), and no one else gets in. */
export interface Session {
  readonly endpoint: Endpoint;
  readonly capabilities: Capabilities;
  readonly times: ConnectionTimes;
  /** Gives the status line; a no is thrown, and leaves the line open. */
  command(command: string, signal: AbortSignal, step?: RefusedStep): Promise<string>;
  /** Gives the status line and the text behind it, dots undone. */
  text(
    command: string,
    bounds: TextBounds,
    signal: AbortSignal,
  ): Promise<{ readonly status: string; readonly text: Buffer }>;
  /** Answers so far. */
  roundTrips(): number;
  /** It can still be asked. */
  readonly usable: boolean;
  /** Ends the line without QUIT: what was marked as deleted stays (RFC 1939, 6). */
  cut(): void;
  /** QUIT, where nothing is under way and the server does not take it for leave to delete. Never fails. */
  close(): Promise<void>;
}

export interface TextBounds {
  readonly mostBytes: number;
  /** Else as for any answer. */
  readonly milliseconds?: number;
}

/** Two dozen lines as a rule. */
const longestCapabilities = 64 * 1024;

export async function openSession(signIn: SignIn, options: SessionOptions, signal: AbortSignal): Promise<Session> {
  throwIfCancelled(signal);
  const { endpoint } = signIn;
  const opening = createOpening(endpoint, options, signal);
  try {
    await opening.greet();
    let capabilities = await opening.capabilities();
    if (endpoint.encryption === 'starttls') {
      if (!mayOffer(capabilities, 'STLS')) throw new AppError('tls.starttls-missing', placeOf(endpoint));
      await opening.secure();
      // What was said before encryption was said by anyone (RFC 2595, 4).
      capabilities = await opening.capabilities();
    }
    const delay = loginDelayOf(capabilities);
    const encrypted = endpoint.encryption !== 'none';
    try {
      await signInWith(opening.say, signIn, { capabilities, encrypted });
    } catch (error) {
      throw pop3Error(error, endpoint, delay);
    }
    return sessionOver(opening.talk(), capabilities, { endpoint, times: options.times, before: opening.before() });
  } catch (error) {
    opening.cut();
    throw pop3Error(error, endpoint);
  }
}

/** From the first byte to the sign-in. */
function createOpening(endpoint: Endpoint, { trust, times, watch }: SessionOptions, signal: AbortSignal) {
  let talk: Conversation | null = null;
  let ended: Promise<never> | null = null;
  /** Answers before the line was encrypted. */
  let before = 0;
  const within = (milliseconds: number): Budget => ({ milliseconds, signal });
  const oneLine = { mostBytes: null };

  const current = (): Conversation => {
    if (talk === null) throw new Error('the line is not up');
    return talk;
  };
  const encrypt = async (socket: Socket): Promise<Socket> => {
    const secured = await encryptLine(socket, { endpoint, trust }, within(times.connect));
    watch?.secured(secured);
    return secured;
  };
  return {
    talk: current,
    before: () => before,
    cut: () => talk?.cut(),
    say: async (command: string) => (await current().ask(command, oneLine, within(times.answer))).status,
    async greet(): Promise<void> {
      const line = await openPop3Line(endpoint, within(times.connect));
      watch?.connected(line.socket);
      ended = line.ended;
      const socket = endpoint.encryption === 'tls' ? await encrypt(line.socket) : line.socket;
      talk = converse(socket, ended, { endpoint, times });
      const { status } = await talk.ask(null, oneLine, within(times.greeting));
      if (!/^\+OK/i.test(status)) throw new Pop3Refusal(status, 'greeting');
      watch?.greeted(status);
    },
    async capabilities(): Promise<Capabilities> {
      const { text } = await current().ask('CAPA', { mostBytes: longestCapabilities }, within(times.answer));
      return text === null ? null : capabilitiesIn(text);
    },
    async secure(): Promise<void> {
      const { status } = await current().ask('STLS', oneLine, within(times.answer));
      if (!/^\+OK/i.test(status)) throw new Pop3Refusal(status, 'stls');
      before = current().answers;
      const secured = await encrypt(current().release());
      talk = converse(secured, ended ?? new Promise<never>(() => {}), { endpoint, times });
    },
  };
}

interface SessionFacts {
  readonly endpoint: Endpoint;
  readonly times: ConnectionTimes;
  readonly before: number;
}

function sessionOver(
  talk: Conversation,
  capabilities: Capabilities,
  { endpoint, times, before }: SessionFacts,
): Session {
  let left = false;
  const named = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw pop3Error(error, endpoint);
    }
  };
  return {
    endpoint,
    capabilities,
    times,
    command: (command, signal, step = 'command') =>
      named(async () => {
        if (step === 'quit') left = true;
        const { status } = await talk.ask(command, { mostBytes: null }, { milliseconds: times.answer, signal });
        if (!/^\+OK/i.test(status)) throw new Pop3Refusal(status, step);
        return status;
      }),
    text: (command, { mostBytes, milliseconds = times.answer }, signal) =>
      named(async () => {
        const { status, text } = await talk.ask(command, { mostBytes }, { milliseconds, signal });
        if (text === null) throw new Pop3Refusal(status, 'command');
        return { status, text };
      }),
    roundTrips: () => before + talk.answers,
    get usable() {
      return talk.idle && !left;
    },
    cut: talk.cut,
    async close() {
      try {
        const never = new AbortController().signal;
        const budget = { milliseconds: times.farewell, signal: never };
        if (talk.idle && !left && !deletesWhatWasRead(capabilities))
          await talk.ask('QUIT', { mostBytes: null }, budget);
      } catch {
        // A line that is down already is closed all the same.
      } finally {
        left = true;
        talk.cut();
      }
    },
  };
}
