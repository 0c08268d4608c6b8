import { afterEach, expect, test } from 'vitest';
import { connectionCheckSchema } from '../../src-shared/domain/connection-check.ts';
import { createCertificates } from '../support/certificates.ts';
import type { ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, soon } from './sign-in.ts';

let double: ExchangeDouble | null = null;
afterEach(() => double?.stop());

type Check = Awaited<ReturnType<ReturnType<typeof connectorsFor>['checkConnection']>>;
const summary = ({ steps }: Check) =>
  steps.map(({ name, problem }) => (problem === null ? name : `${name}: ${problem.code}`));

test('each step of an Exchange mailbox is named and shows what was seen; the server that sends is the same', async () => {
  using folder = temporaryFolder();
  const certificates = createCertificates(folder.path);
  double = await startDouble({ tls: certificates.valid });
  const signIn = ewsTo(double.port, { windows: true }, { encryption: 'tls' });
  const check = await connectorsFor([certificates.caPem]).checkConnection(signIn, signIn, soon());
  expect(connectionCheckSchema.parse(check)).toEqual(check);
  expect([check.ok, summary(check)]).toEqual([true, ['resolve', 'connect', 'encrypt', 'sign-in', 'list-folders']]);
  expect(check.steps.at(-1)?.seen).toBe('FindFolder 5');
  const foreign = await connectorsFor().checkConnection(signIn, null, soon());
  expect(summary(foreign)).toEqual(['resolve', 'connect', 'encrypt: tls.certificate-untrusted']);
  const pinnedCertificate = foreign.certificate?.sha256 ?? null;
  const pinned = ewsTo(double.port, {}, { encryption: 'tls', pinnedCertificate });
  expect((await connectorsFor().checkConnection(pinned, null, soon())).ok).toBe(true);
});

test('a wrong password fails the sign-in, a service switched off says so', async () => {
  double = await startDouble();
  const wrong = { ...ewsTo(double.port), password: 'wrong' };
  expect(summary(await connectorsFor().checkConnection(wrong, null, soon()))).toEqual([
    'resolve',
    'connect',
    'sign-in: auth.rejected',
  ]);
  double.faults = () => ({ kind: 'http', status: 403 });
  const off = await connectorsFor().checkConnection(ewsTo(double.port), null, soon());
  expect(summary(off).at(-1)).toBe('sign-in: exchange.switched-off');
});
