import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oauthSettingsSchema } from '../../src-shared/domain/oauth.ts';
import { failureOf } from '../connectors/sign-in.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { registrationOf, signInDesk } from './sign-in-desk.ts';

// An authority whose answers are its own: what it calls a token goes into headers and commands.
const folder = temporaryFolder();
const soon = () => AbortSignal.timeout(20_000);
let certificates: TestCertificates;
let token = '';
const server = { port: 0, stop: () => {} };

beforeAll(async () => {
  certificates = createCertificates(folder.path);
  const { cert, key } = certificates.valid;
  const authority = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    request.resume().on('end', () => {
      const answer = { access_token: token, token_type: 'Bearer', expires_in: 3600, refresh_token: 'next' };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  }).listen(0, '127.0.0.1');
  await once(authority, 'listening');
  server.port = (authority.address() as AddressInfo).port;
  server.stop = () => {
    authority.close();
    authority.closeAllConnections();
  };
});
afterAll(() => {
  server.stop();
  folder[Symbol.dispose]();
});

function registration(flow: 'application' | 'interactive') {
  const place = `https://localhost:${server.port}`;
  const endpoints = { authorization: `${place}/authorize`, token: `${place}/token` };
  const proof = flow === 'application' ? 'secret' : 'none';
  return registrationOf(
    oauthSettingsSchema.parse({ authority: 'other', clientId: 'desk', flow, proof, endpoints }),
    flow === 'application' ? 'a-secret' : null,
  );
}

test.each([
  ['a letter of no ASCII', 'tökën'],
  ['a line end', 'token\r\nX-Other: 1'],
  ['a NUL', 'token\0'],
])('a token with %s is the authority’s fault, and said nowhere', async (_, odd) => {
  token = odd;
  const { signIns } = signInDesk(certificates.caPem, { login: 'anna@firma.test' });
  const failure = await failureOf(signIns.signIn(registration('application'), soon()));
  expect(failure).toMatchObject({
    code: 'server.protocol',
    params: { host: 'localhost', serverWords: 'access_token' },
  });
  token = 'a usual one';
  expect((await signIns.signIn(registration('application'), soon())).accessToken).toBe(token);
});

test('the grant that came with such a token is kept all the same', async () => {
  token = 'tökën';
  const kept: string[] = [];
  const { signIns } = signInDesk(certificates.caPem, { login: 'anna@firma.test' });
  const slot = { read: async () => kept.at(-1) ?? 'first', write: async (grant: string) => void kept.push(grant) };
  const owner = { key: 'anna', registration: registration('interactive'), slot };
  expect((await failureOf(signIns.tokenFor(owner, null, soon()))).code).toBe('server.protocol');
  expect(kept).toEqual(['next']);
  token = 'a usual one';
  expect(await signIns.tokenFor(owner, null, soon())).toBe(token);
});
