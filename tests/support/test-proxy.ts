import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createPlain,
  type Server as PlainServer,
  type Socket,
} from 'node:net';

export interface TestProxy {
  readonly port: number;
  /** `name:password host:port` of each line that was asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** Leads to this machine whatever host is asked for; `greet`: bytes that go out in one piece with the proxy's own yes. */
export async function startConnectProxy(answer = '200 yes', greet = ''): Promise<TestProxy> {
  const asked: string[] = [];
  const server: Server = createServer((_, response) => void response.writeHead(405).end());
  server.on('connect', ({ url = '', headers }, socket: Socket) => {
    const account = Buffer.from(headers['proxy-authorization']?.replace('Basic ', '') ?? '', 'base64').toString();
    asked.push(`${account} ${url}`);
    socket.on('error', () => {});
    if (answer.startsWith('200')) lead(socket, Number(url.split(':').at(-1)), `HTTP/1.1 ${answer}\r\n\r\n${greet}`);
    else socket.end(`HTTP/1.1 ${answer}\r\n\r\n`);
  });
  return listening(server, asked);
}

/** SOCKS 5 (RFC 1928) with a name and a password (RFC 1929) where they are offered, enough for one question at a time; a code other than 0 is its refusal. */
export async function startSocksProxy(code = 0, greet = ''): Promise<TestProxy> {
  const asked: string[] = [];
  const server = createPlain((socket) => {
    socket.on('error', () => {});
    let account = '';
    const said = async (): Promise<Buffer> => new Promise((resolve) => socket.once('data', resolve));
    const serve = async (): Promise<void> => {
      const offered = (await said()).subarray(2);
      if (offered.includes(2)) {
        socket.write(Buffer.from([5, 2]));
        const names = await said();
        const length = names[1] ?? 0;
        account = `${names.subarray(2, 2 + length)}:${names.subarray(3 + length)}`;
        socket.write(Buffer.from([1, 0]));
      } else socket.write(Buffer.from([5, 0]));
      const question = await said();
      const host = question.subarray(5, 5 + (question[4] ?? 0)).toString();
      const port = question.readUInt16BE(question.length - 2);
      asked.push(`${account} ${host}:${port}`);
      socket.pause();
      const reply = Buffer.concat([Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]), Buffer.from(greet)]);
      if (code === 0) lead(socket, port, reply);
      else socket.end(reply);
    };
    void serve();
  });
  return listening(server, asked);
}

function lead(socket: Socket, port: number, yes: string | Buffer): void {
  const onward = connect(port, '127.0.0.1', () => {
    socket.write(yes);
    onward.pipe(socket).pipe(onward);
  });
  onward.on('error', () => socket.destroy());
  socket.on('close', () => onward.destroy());
}

async function listening(server: PlainServer, asked: readonly string[]): Promise<TestProxy> {
  const lines = new Set<Socket>();
  server.on('connection', (line: Socket) => void lines.add(line));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const line of lines) line.destroy();
      }),
  };
}
