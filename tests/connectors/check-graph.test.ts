import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectionCheckSchema } from '../../src-shared/domain/connection-check.ts';
import type { TestCertificates } from '../support/certificates.ts';
import type { GraphDouble } from '../support/graph/graph-double.ts';
import { eve, graphCertificates, graphTo, office, startDouble } from './graph-desk.ts';
import { connectorsFor, soon } from './sign-in.ts';

let certificates: TestCertificates & Disposable;
let double: GraphDouble;
beforeAll(() => {
  certificates = graphCertificates();
});
afterAll(() => certificates[Symbol.dispose]());
beforeEach(async () => {
  double = await startDouble(certificates);
});
afterEach(async () => {
  await double.stop();
  expect(double.mistakes).toEqual([]);
});

const check = (mailbox = '', tokens?: readonly string[]) => {
  const signIn = graphTo(double.port, { mailbox, ...(tokens ? { tokens } : {}) });
  return connectorsFor([certificates.caPem]).checkConnection(signIn, signIn, soon());
};
type Check = Awaited<ReturnType<typeof check>>;
const summary = ({ steps }: Check) =>
  steps.map(({ name, problem }) => (problem === null ? name : `${name}: ${problem.code}`));
const findings = ({ steps }: Check) => steps.flatMap(({ finding }) => finding ?? []);

const walked = ['resolve', 'connect', 'encrypt', 'sign-in'];

test('each step of a mailbox in Microsoft 365 is named, shows what was seen, and finds nothing where all is well', async () => {
  for (const mailbox of ['', office]) {
    const well = await check(mailbox);
    expect(connectionCheckSchema.parse(well)).toEqual(well);
    expect([well.ok, summary(well), findings(well)]).toEqual([true, [...walked, 'list-folders', 'read-letter'], []]);
    expect(well.steps.at(-1)?.seen).toBe('INBOX 0');
  }
});

test('a mailbox that nobody has let the sign-in into is told from one that is not there, with the administrator’s commands', async () => {
  const shut = await check(eve);
  expect(summary(shut).at(-1)).toBe('sign-in: graph.no-access');
  expect(findings(shut)).toMatchObject([{ code: 'graph-no-access' }]);
  expect(findings(shut)[0]?.commands.at(-1)).toBe(
    `Test-ApplicationAccessPolicy -Identity '${eve}' -AppId <APPLICATION-ID>`,
  );
  double.faults = () => ({ kind: 'http', status: 404, code: 'ErrorInvalidUser' });
  const absent = await check(office);
  expect(findings(absent)).toMatchObject([{ code: 'graph-no-mailbox' }]);
});

test('a token that is worth nothing fails the sign-in, and is told as such', async () => {
  const refused = await check('', ['worth-nothing']);
  expect(summary(refused).at(-1)).toBe('sign-in: auth.rejected');
  expect(findings(refused)).toMatchObject([{ code: 'token-refused' }]);
});
