import { AppError } from '../../../src-shared/errors/errors.ts';
import { serverWords } from '../../net/server-words.ts';
import { createTextReader, type TextReader } from './unstuff-text.ts';

export interface Answer {
  /** The first line, without its end. */
  readonly status: string;
  /** Of a multi-line answer; null where the server said no. */
  readonly text: Buffer | null;
}

export interface Expected {
  /** Null: one line is the whole answer. Else the text behind it may have so many bytes. */
  readonly mostBytes: number | null;
}

/** Takes a server's bytes as they come and gives whole answers. One is waited for at a time. */
export interface AnswerReader {
  expect(expected: Expected): Promise<Answer>;
  feed(chunk: Buffer): void;
  /** The line has ended: whoever waits, now or later, hears why. The first reason is kept. */
  fail(error: unknown): void;
  readonly waiting: boolean;
  /** Bytes came that no question was asked for: they would be taken for the answer to the next one. */
  readonly surplus: boolean;
}

/** RFC 1939, 3, has 512 bytes; greetings that name laws and links are longer. */
const longestStatus = 8 * 1024;
/** Unasked, a server may say why it goes; more than that is somebody who wants our memory. */
const mostUnasked = 64 * 1024;

interface Waiting {
  readonly expected: Expected;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  status: string | null;
  text: TextReader | null;
}

export function createAnswerReader(): AnswerReader {
  let unread: Buffer = Buffer.alloc(0);
  let waiting: Waiting | null = null;
  let failure: { readonly error: unknown } | null = null;

  const fail = (error: unknown): void => {
    failure ??= { error };
    waiting?.reject(failure.error);
    waiting = null;
  };
  const done = (answer: Answer, rest: Buffer): void => {
    unread = rest;
    waiting?.resolve(answer);
    waiting = null;
  };
  const readText = (to: Waiting, text: TextReader, chunk: Buffer): void => {
    const rest = text.feed(chunk);
    if (text.length > (to.expected.mostBytes ?? 0)) fail(outOfBounds('a text'));
    else if (rest !== null) done({ status: to.status ?? '', text: text.text() }, rest);
  };
  const readStatus = (to: Waiting): void => {
    const end = unread.indexOf(0x0a);
    const length = end < 0 ? unread.length : end;
    if (length > longestStatus) fail(outOfBounds('a line'));
    if (length > longestStatus || end < 0) return;
    const status = unread.toString('utf8', 0, end).replace(/\r$/, '');
    const rest = unread.subarray(end + 1);
    unread = Buffer.alloc(0);
    const said = status.match(/^(\+OK|-ERR|\+(?= |$))/i)?.[1]?.toUpperCase();
    const oneLine = to.expected.mostBytes === null;
    if (said === '-ERR' || (oneLine && said !== undefined)) {
      done({ status, text: null }, rest);
    } else if (said === '+OK') {
      to.status = status;
      to.text = createTextReader();
      readText(to, to.text, rest);
    } else {
      // A lone plus asks for more of a sign-in (RFC 5034), never for a text.
      fail(notPop3(status));
    }
  };

  return {
    expect(expected) {
      if (failure !== null) return Promise.reject(failure.error);
      if (waiting !== null) throw new Error('an answer is waited for already');
      return new Promise((resolve, reject) => {
        waiting = { expected, resolve, reject, status: null, text: null };
        readStatus(waiting);
      });
    },
    feed(chunk) {
      if (failure !== null) return;
      if (waiting?.text) {
        readText(waiting, waiting.text, chunk);
        return;
      }
      unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
      if (waiting !== null) readStatus(waiting);
      else if (unread.length > mostUnasked) fail(outOfBounds('what was not asked for'));
    },
    fail,
    get waiting() {
      return waiting !== null;
    },
    get surplus() {
      return unread.length > 0;
    },
  };
}

function notPop3(status: string): AppError {
  return new AppError('server.protocol', { serverWords: serverWords(status, '–') });
}

function outOfBounds(what: string): AppError {
  return new AppError('server.protocol', { serverWords: '–' }, { cause: new Error(`${what} is too long`) });
}
