import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchRemotePictures, isPublicAddress } from '../../src-main/mail/remote-pictures.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let server: Server;
let origin: string;
let asked: { url: string; cookie: string | undefined; referer: string | undefined }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', cookie: request.headers.cookie, referer: request.headers.referer });
    if (request.url === '/moved') response.writeHead(302, { location: '/picture.png' }).end();
    else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (request.url === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/secret.png' }).end();
    else if (request.url === '/drawing.svg') response.end('<svg xmlns="http://www.w3.org/2000/svg"/>');
    else if (request.url === '/huge') response.end(Buffer.concat([png, Buffer.alloc(6 * 1024 * 1024)]));
    else if (request.url === '/missing') response.writeHead(404).end();
    else response.end(png);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const loopbackIsPublic = { isPublic: (address: string) => address === '127.0.0.1' };
const fetchAll = (paths: string[], fetching = {}) => {
  asked = [];
  return fetchRemotePictures(
    paths.map((path) => (path.startsWith('/') ? origin + path : path)),
    new AbortController().signal,
    fetching,
  );
};

test('a picture comes back as data, also after a redirect, without cookie or referrer', async () => {
  const found = await fetchAll(['/picture.png', '/moved'], loopbackIsPublic);
  expect(Object.keys(found).sort()).toEqual([`${origin}/moved`, `${origin}/picture.png`].sort());
  expect(found[`${origin}/picture.png`]).toBe(`data:image/png;base64,${png.toString('base64')}`);
  expect(asked.every(({ cookie, referer }) => cookie === undefined && referer === undefined)).toBe(true);
});

test('what is no picture, too large, missing or endless is left out', async () => {
  expect(
    await fetchAll(['/drawing.svg', '/huge', '/missing', '/loop', 'file:///etc/passwd'], loopbackIsPublic),
  ).toEqual({});
});

test('addresses inside are never asked, not even behind a redirect', async () => {
  expect(await fetchAll(['/picture.png'])).toEqual({});
  expect(asked).toEqual([]);
  expect(await fetchAll(['/inside'], loopbackIsPublic)).toEqual({});
  expect(asked.map(({ url }) => url)).toEqual(['/inside']);
});

test('a name with one inside address among its addresses is refused', async () => {
  const resolve = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '192.168.0.1', family: 4 },
  ];
  const port = new URL(origin).port;
  const url = `http://pictures.example:${port}/picture.png`;
  expect(await fetchAll([url], { ...loopbackIsPublic, resolve })).toEqual({});
  const one = async () => [{ address: '127.0.0.1', family: 4 }];
  expect(Object.keys(await fetchAll([url], { ...loopbackIsPublic, resolve: one }))).toEqual([url]);
});

test.each([
  ['8.8.8.8', true],
  ['2606:4700::1111', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::ffff:127.0.0.1', false],
  ['224.0.0.1', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublicAddress(address)).toBe(expected);
});
