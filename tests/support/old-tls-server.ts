import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { CertificateFiles } from './certificates.ts';

/** What is said before TLS begins: the greeting, and for each line of the client an answer. */
export interface Prelude {
  readonly greeting: string;
  readonly answers: readonly (readonly [line: RegExp, answer: string])[];
  /** After this line and its answer comes the handshake. */
  readonly starts: RegExp;
}

/** The first byte of a record with a ClientHello (RFC 8446, 5.1); what else comes is a client that tries without TLS. */
const handshake = 22;

/** Both headers, the version and the random of a ClientHello are before it; what is shorter is none. */
const randomEnds = 43;

/** By supported_versions (RFC 8446, 4.2.1), else by the version of ClientHello itself (RFC 5246, 7.4.1.2), behind the headers of record and message. */
function offersOld(hello: Buffer): boolean {
  let at = randomEnds;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  for (at += 2; at + 4 <= hello.length; at += 4 + hello.readUInt16BE(at + 2)) {
    if (hello.readUInt16BE(at) !== 43) continue;
    const versions = hello.subarray(at + 5, at + 5 + hello.readUInt8(at + 4));
    return versions.includes(Buffer.from([3, 2])) || versions.includes(Buffer.from([3, 1]));
  }
  return hello.readUInt16BE(9) < 0x0303;
}

/** A server that speaks TLS 1.0 and 1.1 alone, and simply ends the line where a newer version is offered: no alert, no word. */
export async function startSullenServer({ cert, key }: CertificateFiles, prelude: Prelude | null = null) {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const secured: string[] = [];
  const inner = createTlsServer({ cert: readFileSync(cert), key: readFileSync(key), ...old }, (socket) => {
    secured.push(socket.getProtocol() ?? '');
    socket.on('error', () => {}).on('data', (chunk) => said.push(chunk.toString('latin1')));
  }).on('tlsClientError', () => {});
  const said: string[] = [];
  const lines = new Set<Socket>();
  const shakeHands = (socket: Socket): void => {
    socket.once('data', (hello: Buffer) => {
      if (hello[0] !== handshake || hello.length <= randomEnds || !offersOld(hello)) return void socket.destroy();
      socket.pause().unshift(hello);
      inner.emit('connection', socket);
    });
  };
  const server = createServer((socket) => {
    lines.add(socket);
    socket.on('error', () => {}).on('close', () => lines.delete(socket));
    if (prelude === null) return shakeHands(socket);
    socket.write(prelude.greeting);
    const talk = (chunk: Buffer): void => {
      const line = chunk.toString('latin1');
      const [, answer = '-ERR no\r\n'] = prelude.answers.find(([pattern]) => pattern.test(line)) ?? [];
      if (prelude.starts.test(line)) {
        socket.off('data', talk);
        shakeHands(socket);
      }
      socket.write(answer.replace('$tag', line.split(' ', 1)[0] ?? ''));
    };
    socket.on('data', talk);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** Versions of the handshakes that came to their end. */
    secured,
    /** What came over them. */
    said,
    /** When nobody is connected any more, all that was said has been heard. */
    async left() {
      await Promise.all([...lines].map((line) => once(line, 'close')));
    },
    async stop() {
      for (const line of lines) line.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
