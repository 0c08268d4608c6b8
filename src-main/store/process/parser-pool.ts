import { Worker } from 'node:worker_threads';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { fromWire } from '../../../src-shared/errors/wire.ts';
import type { IndexedLetter, ParserAnswer, ParserQuestion, ParserResults, ParserTask } from './parser-tasks.ts';

export interface ParserPoolOptions {
  /** The worker's entry: parser.cjs beside the bundle, parser-worker.ts in the sources. */
  readonly workerFile: string;
  readonly workers: number;
  /** For one letter, from when the worker turns to it. */
  readonly deadline: (bytes: number) => number;
  /** Ended after this many milliseconds without work; 0: kept. */
  readonly idle: number;
  /** JavaScript heap of one worker; letters themselves lie outside it. */
  readonly heapMb: number;
}

/** A letter that could not be parsed, with what its header told. */
export class UnparsedLetter extends AppError {
  readonly salvaged: IndexedLetter | null;

  constructor(error: AppError, salvaged: IndexedLetter | null) {
    super(error.code, error.params, { cause: error });
    this.salvaged = salvaged;
  }
}

export interface ParserPool {
  /** `load` gives the raw bytes, which are given away; it is asked again when a worker died with other letters in hand. */
  ask<K extends ParserTask['kind']>(
    task: Extract<ParserTask, { kind: K }>,
    load: () => Uint8Array,
  ): Promise<ParserResults[K]>;
  close(): Promise<void>;
}

interface Job {
  readonly task: ParserTask;
  readonly load: () => Uint8Array;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Seat {
  worker: Worker | null;
  /** In the order in which the worker takes them: the first is the one it works on. */
  readonly inHand: { id: number; job: Job; bytes: number }[];
  timer: NodeJS.Timeout | null;
}

/**
 * Letters handed over ahead. While this thread writes a batch (tens of milliseconds) the worker parses a hundred; with twelve in hand it stood idle for a third of a load
 * (docs/notes/figures.md).
 */
const AHEAD = 256;
const AHEAD_BYTES = 8 * 1024 * 1024;
/** After the deadline: answers that lie in this thread's queue are taken first, or its own slowness would look like the letter's. */
const GRACE = 250;

export function createParserPool(options: ParserPoolOptions): ParserPool {
  const seats: Seat[] = Array.from({ length: options.workers }, () => ({ worker: null, inHand: [], timer: null }));
  const queue: Job[] = [];
  let nextId = 1;
  let closed = false;

  const start = (seat: Seat): Worker => {
    const worker = new Worker(options.workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: options.heapMb, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
      env: {},
      execArgv: [],
      stdin: false,
    });
    worker.on('message', (answer: ParserAnswer) => take(seat, answer));
    worker.on('error', (error: Error & { code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      replace(seat, worker, new AppError(memory ? 'message.parse-memory' : 'message.unreadable', {}, { cause: error }));
    });
    worker.on('exit', () => replace(seat, worker, new AppError('message.unreadable')));
    seat.worker = worker;
    return worker;
  };

  const take = (seat: Seat, answer: ParserAnswer) => {
    const index = seat.inHand.findIndex(({ id }) => id === answer.id);
    const [entry] = index < 0 ? [] : seat.inHand.splice(index, 1);
    if (entry) {
      if ('problem' in answer) entry.job.reject(new UnparsedLetter(fromWire(answer.problem), answer.salvaged));
      else entry.job.resolve(answer.value as never);
    }
    fill(seat);
    watch(seat);
  };

  /** The worker is gone with the letter it worked on; the others it held go back to the head of the queue. */
  const replace = (seat: Seat, worker: Worker, error: AppError) => {
    if (seat.worker !== worker) return;
    seat.worker = null;
    const [culprit, ...others] = seat.inHand.splice(0);
    queue.unshift(...others.map(({ job }) => job));
    culprit?.job.reject(new UnparsedLetter(error, null));
    if (!closed) fill(seat);
    watch(seat);
  };

  const expire = (seat: Seat) => {
    const { worker } = seat;
    const head = seat.inHand[0]?.id;
    seat.timer = setTimeout(() => {
      if (!worker || seat.worker !== worker || seat.inHand[0]?.id !== head) return watch(seat);
      replace(seat, worker, new AppError('message.parse-timeout'));
      void worker.terminate();
    }, GRACE);
  };

  const rest = (seat: Seat) => {
    const { worker } = seat;
    seat.worker = null;
    void worker?.terminate();
  };

  const watch = (seat: Seat) => {
    if (seat.timer) clearTimeout(seat.timer);
    seat.timer = null;
    const head = seat.inHand[0];
    if (head) seat.timer = setTimeout(() => expire(seat), options.deadline(head.bytes));
    else if (options.idle > 0 && seat.worker && !closed)
      seat.timer = setTimeout(() => rest(seat), options.idle).unref();
  };

  const fill = (seat: Seat) => {
    while (queue.length > 0 && !closed) {
      const held = seat.inHand.reduce((sum, { bytes }) => sum + bytes, 0);
      if (seat.inHand.length >= AHEAD || (seat.inHand.length > 0 && held >= AHEAD_BYTES)) return;
      const job = queue.shift();
      if (job) hand(seat, job);
    }
  };

  const hand = (seat: Seat, job: Job) => {
    try {
      const raw = ownBytes(job.load());
      const id = nextId++;
      const question: ParserQuestion = { id, task: job.task, raw };
      const bytes = raw.byteLength;
      (seat.worker ?? start(seat)).postMessage(question, [raw.buffer]);
      // Given away, and not before: what could not be is in nobody's hand.
      seat.inHand.push({ id, job, bytes });
      if (seat.inHand.length === 1) watch(seat);
    } catch (error) {
      job.reject(error);
    }
  };

  return {
    ask: (task, load) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new AppError('store.unavailable'));
        queue.push({ task, load, resolve, reject });
        const seat = seats.reduce((least, other) => (other.inHand.length < least.inHand.length ? other : least));
        fill(seat);
      }),
    async close() {
      closed = true;
      const left = [...queue.splice(0), ...seats.flatMap(({ inHand }) => inHand.splice(0).map(({ job }) => job))];
      for (const { reject } of left) reject(new AppError('store.unavailable'));
      for (const seat of seats) if (seat.timer) clearTimeout(seat.timer);
      await Promise.all(seats.map(({ worker }) => worker?.terminate()));
    },
  };
}

/** Bytes with a buffer of their own, which can be given away: a view into a larger one would take its neighbours along. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return whole ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}
