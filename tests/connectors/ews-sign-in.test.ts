import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { Exchange } from '../../src-shared/domain/exchange.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import type { DoubleSettings, ExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { temporaryFolder } from '../support/open-store.ts';
import { connected, ewsTo, startDouble } from './exchange-desk.ts';
import { connectorsFor, failureOf, soon } from './sign-in.ts';

let double: ExchangeDouble | null = null;
const folder = temporaryFolder();
let made: TestCertificates | null = null;
const certificates = (): TestCertificates => {
  made ??= createCertificates(folder.path);
  return made;
};
afterEach(async () => {
  await double?.stop();
  expect(double?.schemaFaults).toEqual([]);
  double = null;
});

async function over(settings: Partial<DoubleSettings> = {}): Promise<ExchangeDouble> {
  double = await startDouble(settings);
  return double;
}

const listed = (port: number, exchange: Partial<Exchange>, endpoint = {}, trusted: readonly string[] = []) =>
  connected(ewsTo(port, exchange, endpoint), (connector) => connector.listFolders(soon()), { trusted });

describe.each([false, true])('encrypted: %s', (encrypted) => {
  const start = (ways: DoubleSettings['ways']) => over({ ways, ...(encrypted ? { tls: certificates().valid } : {}) });
  const endpoint = { encryption: encrypted ? 'tls' : 'none' } as const;
  const trusted = () => (encrypted ? [certificates().caPem] : []);

  test.each([
    ['Basic', 'basic', false],
    ['Windows sign-in', 'ntlm', true],
  ] as const)('%s lists the folders with the right password, and says so of a wrong one', async (_, way, windows) => {
    const { port, heard } = await start([way]);
    const right = { ...endpoint, login: windows ? 'CORP\\bob' : 'bob' };
    expect((await listed(port, { windows }, right, trusted())).length).toBe(5);
    const wrong = { ...ewsTo(port, { windows }, right), password: 'wrong' };
    const failure = await failureOf(connectorsFor(trusted()).openIncoming(wrong, soon()));
    expect(failure).toMatchObject({ code: 'auth.rejected', params: { host: 'localhost' } });
    // By Windows sign-in the password is never said.
    const said = heard.map(({ authorization }) =>
      Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString('latin1'),
    );
    expect(said.some((words) => words.includes('secret'))).toBe(!windows);
  });
});

test('a domain of its own is joined to the login, whichever way is used', async () => {
  const { port, heard } = await over();
  await listed(port, { windows: true, domain: 'CORP' });
  await listed(port, { windows: false, domain: 'CORP' });
  expect(Buffer.from(heard.at(-1)?.authorization.slice(6) ?? '', 'base64').toString()).toBe('CORP\\bob:secret');
});

test('Windows sign-in proves a line once, and again when the server has ended it', async () => {
  const { port, heard } = await over({ ways: ['ntlm'] });
  const signIn = ewsTo(port, { windows: true });
  await connected(signIn, async (connector) => {
    const proofs = () => heard.filter(({ authorization }) => authorization !== '').length;
    expect(proofs()).toBe(2);
    await connector.folderStates(['INBOX'], soon());
    expect(proofs()).toBe(2);
    double?.cutLines();
    await connector.folderStates(['INBOX'], soon());
    expect(proofs()).toBe(4);
  });
});

test('without a sign-in nothing is said of anybody', async () => {
  const { port, heard } = await over({ ways: ['none'] });
  await listed(port, {}, { signIn: 'none' });
  expect(heard.every(({ authorization }) => authorization === '')).toBe(true);
});

test('with a token of the provider nothing but the token is said', async () => {
  const { port, heard } = await over();
  const signIn = {
    ...ewsTo(port, { windows: true }, { signIn: 'oauth2' }),
    password: '',
    askToken: async () => 'a-token',
  };
  // The double knows no tokens.
  expect((await failureOf(connectorsFor().openIncoming(signIn, soon()))).code).toMatch(/^auth\./);
  expect(new Set(heard.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a-token']));
});

test('curl signs in to the double as well: what it accepts is NTLM', async () => {
  const { port } = await over({ ways: ['ntlm'] });
  const ask = async (password: string): Promise<string> => {
    const way = [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '--max-time',
      '20',
      '--ntlm',
      '-u',
      `CORP\\bob:${password}`,
    ];
    const { stdout } = await promisify(execFile)('curl', [
      ...way,
      '-X',
      'POST',
      '-d',
      '',
      `http://127.0.0.1:${port}/EWS/Other`,
    ]);
    return stdout;
  };
  // The double answers who is signed in that there is nothing here.
  expect([await ask('secret'), await ask('wrong')]).toEqual(['404', '401']);
});

test('a certificate that nobody trusts ends it before anything is said', async () => {
  const { port, heard } = await over({ tls: certificates().selfSigned });
  const failure = await failureOf(connectorsFor().openIncoming(ewsTo(port, {}, { encryption: 'tls' }), soon()));
  expect(failure.code).toBe('tls.certificate-untrusted');
  expect(heard).toEqual([]);
});

describe('a mailbox that is another’s', () => {
  const office = 'office@company.example';

  test('is opened by its address with a sign-in that may', async () => {
    const { port, folder: folderOf, heard } = await over();
    addItem(folderOf(office), { raw: 'Subject: shared\r\n\r\n' });
    const exists = await connected(
      ewsTo(port, { mailbox: office }),
      async (connector) => (await connector.openFolder('INBOX', soon())).exists,
    );
    expect(exists).toBe(1);
    expect(new Set(heard.map(({ anchor }) => anchor))).toEqual(new Set([office]));
  });

  test('is refused by name to one that may not, and where there is none', async () => {
    const { port } = await over();
    const asEve = { ...ewsTo(port, { mailbox: office }, { login: 'eve' }), password: 'other' };
    expect((await failureOf(connectorsFor().openIncoming(asEve, soon()))).code).toBe('exchange.no-access');
    const nobody = ewsTo(port, { mailbox: 'nobody@company.example' });
    expect((await failureOf(connectorsFor().openIncoming(nobody, soon()))).code).toBe('exchange.no-mailbox');
  });
});

describe('versions', () => {
  const versionsIn = ({ heard }: ExchangeDouble) =>
    heard.map(({ body }) => body.match(/RequestServerVersion Version="(\w+)"/)?.[1]);

  test('an older server is asked in its own version, which is remembered', async () => {
    const old = await over({ versions: ['Exchange2007_SP1', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2'] });
    const connectors = connectorsFor();
    for (let times = 0; times < 2; times += 1) await (await connectors.openIncoming(ewsTo(old.port), soon())).close();
    const asked = versionsIn(old);
    expect(asked[0]).toBe('Exchange2016');
    expect(new Set(asked.slice(1))).toEqual(new Set(['Exchange2010_SP2']));
  });

  test.each(['fault', 'response'] as const)(
    'a mailbox on an older server than the one that is asked is asked as that one, and lowers no other of the address (%s)',
    async (kind) => {
      const office = 'office@company.example';
      const mixed = await over();
      mixed.faults = (_, body) =>
        body.includes('Version="Exchange2016"') && body.includes(office)
          ? { kind, code: 'ErrorInvalidSchemaVersionForMailboxVersion' }
          : null;
      addItem(mixed.folder(office), { raw: 'Subject: a\r\n\r\n' });
      const connectors = connectorsFor();
      for (const mailbox of [office, '', office]) {
        const connector = await connectors.openIncoming(ewsTo(mixed.port, { mailbox }), soon());
        expect((await connector.openFolder('INBOX', soon())).exists).toBe(mailbox === '' ? 0 : 1);
        await connector.close();
      }
      const asked = mixed.heard.map(({ anchor, body }) => [anchor, /Version="(\w+)"/.exec(body)?.[1]].join(' '));
      expect(asked.filter((one) => one === `${office} Exchange2016`)).toHaveLength(1);
      expect(new Set(asked)).toEqual(
        new Set([`${office} Exchange2016`, `${office} Exchange2010_SP2`, ' Exchange2016']),
      );
    },
  );

  test('one that was chosen is asked for alone', async () => {
    const old = await over({ versions: ['Exchange2007_SP1'] });
    const bobs = 'bob@company.example';
    addItem(old.folder(bobs), { raw: 'Subject: a\r\n\r\n' });
    const signIn = ewsTo(old.port, { version: '2007-sp1' });
    await connected(signIn, async (connector) => {
      const change = await connector.openForChange('INBOX', soon());
      await change.markRead([1], soon());
      await change.move([1], 'Удалённые', soon());
      await (await connector.openForChange('Удалённые', soon())).delete([1], soon());
    });
    expect([old.folder(bobs).items.size, old.folder(bobs, 'deleteditems').items.size]).toEqual([0, 0]);
    expect(new Set(versionsIn(old))).toEqual(new Set(['Exchange2007_SP1']));
    const newer = ewsTo(old.port, { version: '2013' });
    expect((await failureOf(connectorsFor().openIncoming(newer, soon()))).code).toBe('server.unsupported');
  });
});
