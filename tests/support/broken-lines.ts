import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SpoilingProxy extends AsyncDisposable {
  readonly port: number;
}

/** Passes everything on; while `spoilt`, what the server says arrives with other bytes, as TLS notices. */
export async function startSpoilingProxy(targetPort: number, spoilt: () => boolean): Promise<SpoilingProxy> {
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    client.pipe(upstream);
    // The five bytes of a record's head stay, so that it is read to its end.
    upstream.on('data', (said) => {
      client.write(spoilt() ? Buffer.concat([said.subarray(0, 5), Buffer.alloc(said.length - 5, 'A')]) : said);
    });
    for (const [one, other] of [[client, upstream] as const, [upstream, client] as const])
      one.on('error', () => {}).on('close', () => other.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}

/** The lines that are opened from here; `lose` ends the last one as the system does when the way to the other side is gone. */
export function watchLines(): Disposable & { lose(): void } {
  const lines: Socket[] = [];
  const hear = (message: unknown): void => {
    lines.push((message as { readonly socket: Socket }).socket);
  };
  channel('net.client.socket').subscribe(hear);
  return {
    lose: () =>
      void lines
        .at(-1)
        ?.destroy(Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' })),
    [Symbol.dispose]: () => void channel('net.client.socket').unsubscribe(hear),
  };
}
