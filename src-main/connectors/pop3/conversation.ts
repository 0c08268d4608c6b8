import type { Socket } from 'node:net';
import type { Endpoint } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { type Budget, withinBudget } from '../../net/deadline.ts';
import type { ConnectionTimes } from '../limits.ts';
import { type Answer, createAnswerReader, type Expected } from './answer-reader.ts';
import { unintelligible } from './errors.ts';

/** Question and answer over one socket, each within its time. Errors are as they come: `pop3Error` gives them their names. */
export interface Conversation {
  /** Null: nothing is asked, the server speaks first. */
  ask(command: string | null, expected: Expected, budget: Budget): Promise<Answer>;
  /** Answers so far. */
  readonly answers: number;
  /** The line is up, and nobody waits for an answer. */
  readonly idle: boolean;
  /** For encryption: the socket is let go, at a moment at which nothing unread may be left. */
  release(): Socket;
  cut(): void;
}

export function converse(
  socket: Socket,
  ended: Promise<never>,
  { endpoint, times }: { readonly endpoint: Endpoint; readonly times: Pick<ConnectionTimes, 'silence'> },
): Conversation {
  const reader = createAnswerReader();
  let answers = 0;
  let down = false;
  const fall = (error: unknown): void => {
    down = true;
    reader.fail(error);
    socket.destroy();
  };
  const hear = (chunk: Buffer): void => reader.feed(chunk);
  const drop = (): void => fall(new AppError('network.dropped'));
  const hush = (): void => {
    // Between two questions the silence is ours.
    if (reader.waiting) fall(new AppError('network.timeout'));
  };
  socket.on('data', hear).on('error', fall).on('end', drop).on('close', drop);
  socket.setTimeout(times.silence, hush);
  ended.catch(fall);

  return {
    async ask(command, expected, budget) {
      // A command in a name or a number would be one of the server's choosing.
      if (command !== null && /[\r\n\0]/.test(command)) throw new Error('a command is one line');
      if (reader.surplus && command !== null) fall(unintelligible(endpoint, 'an answer without a question'));
      const answer = await withinBudget(
        budget,
        () => {
          const waiting = reader.expect(expected);
          if (command !== null && !down) socket.write(`${command}\r\n`);
          return waiting;
        },
        () => fall(new AppError('network.dropped')),
      );
      answers += 1;
      // What follows a text is a part of it whose dots were not doubled, or worse: the text is not to be trusted either.
      if (expected.mostBytes !== null && reader.surplus) {
        const error = unintelligible(endpoint, 'more than the answer');
        fall(error);
        throw error;
      }
      return answer;
    },
    get answers() {
      return answers;
    },
    get idle() {
      return !down && !reader.waiting;
    },
    release() {
      // RFC 2595, 4: what was sent before encryption was sent by anyone.
      if (reader.surplus) throw new AppError('tls.failed');
      socket.off('data', hear).off('error', fall).off('end', drop).off('close', drop).off('timeout', hush);
      socket.setTimeout(0);
      return socket;
    },
    cut: () => fall(new AppError('network.dropped')),
  };
}
