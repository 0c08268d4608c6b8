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

// RFC 6749, 5.2: the 401 names how to authenticate where the application did it by header, and may do so always.
const folder = temporaryFolder();
const soon = () => AbortSignal.timeout(20_000);
let certificates: TestCertificates;
let answer: { readonly challenge: string | null; readonly type: string; readonly body: string };
const server = { port: 0, stop: () => {} };

beforeAll(async () => {
  certificates = createCertificates(folder.path);
  const { cert, key } = certificates.valid;
  const authority = createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
    request.resume().on('end', () => {
      const challenge = answer.challenge === null ? {} : { 'www-authenticate': answer.challenge };
      response.writeHead(401, { 'content-type': answer.type, ...challenge }).end(answer.body);
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

const refused = JSON.stringify({ error: 'invalid_client', error_description: 'The secret has ended.' });
const json = 'application/json';

test.each([
  ['in words alone', { challenge: null, type: json, body: refused }, /invalid_client: The secret has ended/],
  ['with a challenge', { challenge: 'Basic realm="corp"', type: json, body: refused }, /The secret has ended/],
  ['with a challenge alone', { challenge: 'Basic realm="corp"', type: 'text/html', body: '<h1>401</h1>' }, /401/],
])('an application whose secret has ended is refused %s, and both flows say so', async (_, said, words) => {
  answer = said;
  const place = `https://localhost:${server.port}`;
  const endpoints = { authorization: `${place}/authorize`, token: `${place}/token` };
  const { signIns } = signInDesk(certificates.caPem, { login: 'anna@firma.test' });
  for (const flow of ['application', 'interactive'] as const) {
    const oauth = oauthSettingsSchema.parse({ authority: 'other', clientId: 'desk', flow, proof: 'secret', endpoints });
    const slot = { read: async () => 'a-grant', write: async () => {} };
    const owner = { key: flow, registration: registrationOf(oauth, 'a-secret'), slot };
    expect(await failureOf(signIns.tokenFor(owner, null, soon()))).toMatchObject({
      code: 'auth.client-refused',
      params: { host: 'localhost', serverWords: expect.stringMatching(words) },
    });
  }
});
