import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { CertificateFiles } from './certificates.ts';

/** One connection, as its script sees it. Every method rejects when the client leaves. */
export interface ScriptedLine {
  send(text: string | Uint8Array): Promise<void>;
  /** The next line, which must fit; an unexpected one fails the script and the test. */
  expect(pattern: RegExp): Promise<RegExpMatchArray>;
  nextLine(): Promise<string>;
  /** Reads up to and with this text: a letter up to `\r\n.\r\n`. */
  readUntil(end: string): Promise<string>;
  /** TLS from here on, as a server. */
  secure(certificate: CertificateFiles): Promise<void>;
  /** Says and does nothing until the client goes. */
  stall(): Promise<void>;
  /** The polite end (FIN). */
  end(): void;
  /** The rude end (RST). */
  reset(): void;
}

export interface ScriptedServer {
  readonly port: number;
  readonly connections: number;
  /** All that clients sent, decrypted. */
  received(): string;
  /** Ends every line; rejects with what a script did not expect. */
  stop(): Promise<void>;
}

/** A server that follows a script, the same for each connection; its end closes the line. */
export async function startScriptedServer(script: (line: ScriptedLine) => Promise<void>): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const complaints: Error[] = [];
  let received = '';
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const line = lineOver(socket, (text) => {
      received += text;
    });
    script(line)
      .catch((error: Error) => {
        if (!(error instanceof ClientLeft)) complaints.push(error);
      })
      .finally(() => line.end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    received: () => received,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
      if (complaints[0] !== undefined) throw complaints[0];
    },
  };
}

class ClientLeft extends Error {}

function lineOver(raw: Socket, hear: (text: string) => void): ScriptedLine {
  let socket: Socket = raw;
  let unread = '';
  let gone = false;
  let wake: () => void = () => {};
  const listen = (to: Socket): void => {
    socket = to;
    to.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      unread += text;
      hear(text);
      wake();
    });
    to.on('error', () => {});
    to.on('close', () => {
      gone = true;
      wake();
    });
  };
  listen(raw);

  async function readUntil(end: string): Promise<string> {
    for (;;) {
      const at = unread.indexOf(end);
      if (at >= 0) {
        const text = unread.slice(0, at + end.length);
        unread = unread.slice(text.length);
        return text;
      }
      if (gone) throw new ClientLeft();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  const nextLine = async (): Promise<string> => (await readUntil('\r\n')).slice(0, -2);
  return {
    readUntil,
    nextLine,
    async expect(pattern) {
      const text = await nextLine();
      const match = text.match(pattern);
      if (match === null) throw new Error(`expected ${pattern}, the client sent ${JSON.stringify(text)}`);
      return match;
    },
    send: (text) =>
      new Promise((resolve, reject) => {
        socket.write(text, (error) => (error ? reject(new ClientLeft()) : resolve()));
      }),
    async secure({ cert, key }) {
      raw.removeAllListeners('data');
      const secureContext = createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });
      listen(new TLSSocket(raw, { isServer: true, secureContext }));
    },
    async stall() {
      while (!gone) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end: () => void socket.end(),
    reset: () => void raw.resetAndDestroy(),
  };
}
