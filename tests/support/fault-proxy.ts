import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { type Duplex, Transform, type TransformCallback } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** Where on a line a fault sets in. */
export interface FaultPoint {
  readonly afterBytes: number;
  /** Counted from when the client has said this, on a line without TLS; else from the line's beginning. */
  readonly sinceSaid?: RegExp;
}

/** What happens to what the server sends. Bytes are counted for each connection by itself. */
export type Fault =
  | { readonly kind: 'none' }
  /** The line ends politely (FIN) after so many bytes. */
  | ({ readonly kind: 'cut' } & FaultPoint)
  /** The line breaks (RST) after so many bytes. */
  | ({ readonly kind: 'reset' } & FaultPoint)
  /** Nothing more comes, and the line stays up. */
  | ({ readonly kind: 'stall' } & FaultPoint)
  /** The server seems to say this, and the line ends. */
  | ({ readonly kind: 'farewell'; readonly words: string } & FaultPoint)
  /** `bytes` at a time, with a pause after each. */
  | { readonly kind: 'slow'; readonly bytes: number; readonly pauseMs: number }
  /** In pieces of so many bytes, as fast as they are taken. */
  | { readonly kind: 'slice'; readonly bytes: number }
  /** New connections are taken and broken at once. */
  | { readonly kind: 'refuse' };

export interface FaultProxy {
  readonly port: number;
  /** Lines up to now. */
  readonly connections: number;
  /** Bytes passed on from the server, over all lines. */
  readonly bytes: number;
  /** Lines on which a cut, reset, stall or farewell has set in. */
  readonly struck: number;
  /** For lines to come, and from here on for those that are up. */
  set(fault: Fault): void;
  /** Breaks all lines that are up; new ones may come. */
  breakLines(): void;
  /** Lines that are up stay so, and nothing of the server's comes over them any more: half open. */
  freezeLines(): void;
  stop(): Promise<void>;
}

/** Stands between a client and a server on loopback; knows nothing of what is said, so it works for TLS too. */
export async function startFaultProxy(targetPort: number, first: Fault = { kind: 'none' }): Promise<FaultProxy> {
  const lines = new Set<Socket>();
  let fault = first;
  let connections = 0;
  let bytes = 0;
  let struck = 0;
  const pipes = new Set<FaultyPipe>();
  const server = createServer((client) => {
    connections += 1;
    if (fault.kind === 'refuse') {
      client.on('error', () => {}).resetAndDestroy();
      return;
    }
    const upstream = createConnection(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      lines.add(socket);
      // Else the system would put small pieces together again (RFC 896). Either end may leave first; the other follows.
      socket
        .setNoDelay(true)
        .on('error', () => {})
        .on('close', () => {
          lines.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
    const pipe = faultyPipe({
      faultNow: () => fault,
      passed: (count) => {
        bytes += count;
      },
      struck: () => {
        struck += 1;
      },
      reset: () => client.resetAndDestroy(),
    });
    pipes.add(pipe);
    client.on('data', pipe.heard).on('close', () => pipes.delete(pipe));
    client.pipe(upstream);
    upstream.pipe(pipe.stream).pipe(client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakLines = (): void => {
    for (const socket of lines) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get bytes() {
      return bytes;
    },
    get struck() {
      return struck;
    },
    set(next) {
      fault = next;
    },
    breakLines,
    freezeLines() {
      for (const pipe of pipes) pipe.freeze();
    },
    async stop() {
      breakLines();
      server.close();
      await once(server, 'close');
    },
  };
}

interface FaultyPipe {
  readonly stream: Duplex;
  /** What the client says, before the server can have answered it. */
  heard(chunk: Buffer): void;
  freeze(): void;
}

interface PipeParts {
  readonly faultNow: () => Fault;
  readonly passed: (bytes: number) => void;
  readonly struck: () => void;
  readonly reset: () => void;
}

/** Longer than any command that a fault waits for. */
const mostRemembered = 16_384;

function faultyPipe({ faultNow, passed: count, struck, reset }: PipeParts): FaultyPipe {
  let passed = 0;
  let frozen = false;
  /** What the client said under the fault that is in force, and where the counting began. */
  let under: { readonly fault: Fault; said: string; from: number | null } | null = null;

  const pass = (pipe: Transform, chunk: Buffer): void => {
    passed += chunk.length;
    count(chunk.length);
    pipe.push(chunk);
  };
  const inPieces = async (pipe: Transform, chunk: Buffer, size: number, pauseMs: number): Promise<void> => {
    for (let at = 0; at < chunk.length && !pipe.destroyed; at += size) {
      pass(pipe, chunk.subarray(at, at + size));
      // A turn of the loop at least, so that the pieces leave one by one.
      await (pauseMs === 0 ? nextTurn() : pause(pauseMs));
    }
  };
  const memory = (fault: Fault) => {
    if (under?.fault !== fault) {
      const waits = 'sinceSaid' in fault && fault.sinceSaid !== undefined;
      under = { fault, said: '', from: waits ? null : 0 };
    }
    return under;
  };
  /** Bytes that may still pass. */
  const room = (fault: Fault): number => {
    if (!('afterBytes' in fault)) return Number.POSITIVE_INFINITY;
    const { from } = memory(fault);
    return from === null ? Number.POSITIVE_INFINITY : Math.max(0, from + fault.afterBytes - passed);
  };

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      if (frozen) return;
      const fault = faultNow();
      if (fault.kind === 'slow' || fault.kind === 'slice') {
        const pauseMs = fault.kind === 'slow' ? fault.pauseMs : 0;
        inPieces(this, chunk, fault.bytes, pauseMs).then(() => done(), done);
        return;
      }
      const left = room(fault);
      pass(this, chunk.subarray(0, Math.min(chunk.length, left)));
      if (chunk.length < left) return done();
      struck();
      if (fault.kind === 'farewell') this.push(fault.words);
      if (fault.kind === 'cut' || fault.kind === 'farewell') this.push(null);
      // What was let through leaves first, then the line breaks.
      if (fault.kind === 'reset') setImmediate(reset);
      // Without `done` nothing more is read: the stall, and the silence after the other ends.
    },
  });
  return {
    stream,
    heard(chunk) {
      const fault = faultNow();
      const heard = memory(fault);
      if (heard.from !== null || !('sinceSaid' in fault)) return;
      heard.said = (heard.said + chunk.toString('latin1')).slice(-mostRemembered);
      if (fault.sinceSaid?.test(heard.said)) heard.from = passed;
    },
    freeze() {
      frozen = true;
    },
  };
}
