import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpsClient, type HttpsClientOptions } from '../../../../src-main/net/https-client.ts';
import { proxyFor } from '../../../../src-main/net/proxy.ts';
import { createTrust } from '../../../../src-main/net/tls.ts';
import { createCertificates, type TestCertificates } from '../../../support/certificates.ts';

let dir: string;
let certificates: TestCertificates;
let server: Server;
let url: string;
const soon = () => AbortSignal.timeout(20_000);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-https-'));
  certificates = createCertificates(dir);
  const { cert, key } = certificates.valid;
  server = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    if (request.url === '/large') return response.end('x'.repeat(3 * 1024 * 1024));
    if (request.url === '/silent') return response.flushHeaders();
    if (request.url === '/away') return response.writeHead(302, { location: 'https://elsewhere.test/' }).end();
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => response.end(`${request.method} ${request.headers['x-sign']} ${Buffer.concat(pieces)}`));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true, force: true });
});

const client = (options: Partial<HttpsClientOptions> = {}) =>
  createHttpsClient({ trust: createTrust([certificates.caPem]), env: {}, ...options });
const question = (path: string) => ({ url: `${url}${path}`, method: 'GET', headers: {}, body: null });

test('a question and its answer', async () => {
  const asked = { ...question('/'), method: 'POST', headers: { 'x-sign': 'seen' }, body: 'a=привет' };
  expect(await client()(asked, soon())).toMatchObject({ status: 200, body: 'POST seen a=привет' });
});

test('a redirect is an answer, and nobody is followed', async () => {
  expect(await client()(question('/away'), soon())).toMatchObject({ status: 302 });
});

test.each([
  ['an answer without end', '/large', {}, 'server.protocol'],
  ['an answer that does not come', '/silent', { milliseconds: 200 }, 'network.timeout'],
])('%s ends the call', async (_what, path, options, code) => {
  await expect(client(options)(question(path), soon())).rejects.toMatchObject({ code, params: { host: 'localhost' } });
});

test('a call that is called off ends at once', async () => {
  const leaving = new AbortController();
  const asked = client()(question('/silent'), leaving.signal);
  leaving.abort();
  await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
});

test('nobody who is not trusted is talked to, nor anyone without encryption', async () => {
  const stranger = client({ trust: createTrust() });
  await expect(stranger(question('/'), soon())).rejects.toMatchObject({ code: 'tls.certificate-untrusted' });
  const open = { ...question('/'), url: 'http://localhost:1/' };
  await expect(client()(open, soon())).rejects.toMatchObject({ code: 'tls.failed' });
});

test('a proxy is asked for a line, and sees nothing but where it goes', async () => {
  const seen: string[] = [];
  const proxy = createPlain();
  proxy.on('connect', (request, socket, head) => {
    seen.push(`${request.url} ${request.headers['proxy-authorization']}`);
    const { port } = server.address() as AddressInfo;
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 yes\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  const env = { HTTPS_PROXY: `http://anna:geheim@127.0.0.1:${port}` };
  // This machine is never behind a proxy, so the server has the name that its certificate does not: it is refused, but by the proxy's line.
  const far = { ...question('/'), url: 'https://mail.elsewhere.test/' };
  await expect(client({ env })(far, soon())).rejects.toMatchObject({ code: 'tls.certificate-other-name' });
  expect(seen).toEqual([`mail.elsewhere.test:443 Basic ${Buffer.from('anna:geheim').toString('base64')}`]);
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

test.each([
  ['login.example', { https_proxy: 'proxy.local:3128' }, 'http://proxy.local:3128/'],
  ['login.example', { HTTPS_PROXY: 'http://proxy.local' }, 'http://proxy.local/'],
  ['login.example', { ALL_PROXY: 'socks5://proxy.local' }, 'socks5://proxy.local'],
  ['login.example', { https_proxy: 'https://proxy.local' }, null],
  ['login.example', { https_proxy: 'http://p', NO_PROXY: '.example' }, null],
  ['example', { https_proxy: 'http://p', no_proxy: 'other, example:443' }, null],
  ['notexample', { https_proxy: 'http://p', no_proxy: 'example' }, 'http://p/'],
  ['login.example', { https_proxy: 'http://p', no_proxy: '*' }, null],
  ['localhost', { https_proxy: 'http://p' }, null],
  ['login.example', {}, null],
])('the way to %s with %j', (host, env, expected) => {
  expect(proxyFor(host, env)?.href ?? null).toBe(expected);
});

test('mail goes by the proxy for everything, not by the one for the web', () => {
  const env = { https_proxy: 'http://web.local', all_proxy: 'socks5://all.local' };
  expect(proxyFor('mail.example', env, 'mail')?.href).toBe('socks5://all.local');
  expect(proxyFor('mail.example', { https_proxy: 'http://web.local' }, 'mail')).toBeNull();
});
