import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedExchange } from './recorded.ts';

export interface RecordedServer extends AsyncDisposable {
  readonly port: number;
  readonly asked: string[];
}

/** Answers each question with what was recorded, word for word; `choose` is asked for each. */
export async function startRecordedServer(
  choose: (operation: string, body: string) => Pick<RecordedExchange, 'status' | 'res'>,
): Promise<RecordedServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const operation = body.match(/<soap:Body><m:(\w+)/)?.[1] ?? '';
      asked.push(operation);
      const { status, res } = choose(operation, body);
      response.writeHead(status, { 'Content-Type': 'text/xml; charset=utf-8' }).end(res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
