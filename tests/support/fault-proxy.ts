import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { type Duplex, Transform, type TransformCallback } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** What happens to what the server sends. Bytes are counted for each connection by itself. */
export type Fault =
  | { readonly kind: 'none' }
  /** The line ends politely (FIN) after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The line breaks (RST) after so many bytes. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** Nothing more comes, and the line stays up. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
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
  /** For lines to come, and from here on for those that are up. */
  set(fault: Fault): void;
  /** Breaks all lines that are up; new ones may come. */
  breakLines(): void;
  stop(): Promise<void>;
}

/** Stands between a client and a server on loopback; knows nothing of what is said, so it works for TLS too. */
export async function startFaultProxy(targetPort: number, first: Fault = { kind: 'none' }): Promise<FaultProxy> {
  const lines = new Set<Socket>();
  let fault = first;
  let connections = 0;
  let bytes = 0;
  const server = createServer((client) => {
    connections += 1;
    if (fault.kind === 'refuse') {
      client.on('error', () => {}).resetAndDestroy();
      return;
    }
    const upstream = createConnection(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      lines.add(socket);
      // Either end may leave first; the other follows.
      socket
        .on('error', () => {})
        .on('close', () => {
          lines.delete(socket);
          client.destroy();
          upstream.destroy();
        });
    }
    client.pipe(upstream);
    const faulty = faultyPipe(
      () => fault,
      (count) => {
        bytes += count;
      },
      () => client.resetAndDestroy(),
    );
    upstream.pipe(faulty).pipe(client);
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
    set(next) {
      fault = next;
    },
    breakLines,
    async stop() {
      breakLines();
      server.close();
      await once(server, 'close');
    },
  };
}

function faultyPipe(faultNow: () => Fault, count: (bytes: number) => void, reset: () => void): Duplex {
  let passed = 0;
  const pass = (pipe: Transform, chunk: Buffer): void => {
    passed += chunk.length;
    count(chunk.length);
    pipe.push(chunk);
  };
  const inPieces = async (pipe: Transform, chunk: Buffer, size: number, pauseMs: number): Promise<void> => {
    for (let at = 0; at < chunk.length && !pipe.destroyed; at += size) {
      pass(pipe, chunk.subarray(at, at + size));
      // A turn of the loop at least, so that the pieces leave one by one.
      await pause(pauseMs);
    }
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      const fault = faultNow();
      if (fault.kind === 'slow' || fault.kind === 'slice') {
        const pauseMs = fault.kind === 'slow' ? fault.pauseMs : 0;
        inPieces(this, chunk, fault.bytes, pauseMs).then(() => done(), done);
        return;
      }
      const left = 'afterBytes' in fault ? fault.afterBytes - passed : Number.POSITIVE_INFINITY;
      pass(this, chunk.subarray(0, Math.max(0, Math.min(chunk.length, left))));
      if (chunk.length < left) return done();
      if (fault.kind === 'cut') this.push(null);
      // What was let through leaves first, then the line breaks.
      if (fault.kind === 'reset') setImmediate(reset);
      // Without `done` nothing more is read: the stall, and the silence after the other ends.
    },
  });
}
