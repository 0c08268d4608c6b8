import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { keepOpenedAddresses, nextOpened } from '../support/browser-of-window.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { sendToOneself } from '../support/e2e-desk.ts';
import { letter, type Ways, waysIn } from '../support/e2e-ways.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';

// What every-way-in.spec.ts leaves of the table: Exchange by a person’s sign-in, without one, and in an old version; IMAP and POP3 by an application, POP3 without encryption; a mailbox that another person signs in for.
const person = 'nina@corp.test';
const open = 'kiosk@corp.test';
const application = 'office@desk.test';
const front = 'front@desk.test';
const shared = 'info@corp.test';
const clear = 'clear@own-server.test';
const old = 'Exchange2007_SP1';
let dir: string;
let certificates: TestCertificates;
let judge: SignInJudge;
let dovecot: Dovecot;
let exchange: ExchangeDouble;
let gateless: ExchangeDouble;
let window: ConsoleWindow;
let ways: Ways;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-ways-'));
  certificates = createCertificates(dir);
  const delegates = { [person]: shared, [application]: front };
  judge = await startSignInJudge({ certificates, applicationMailbox: application, delegates });
  dovecot = await startDovecot({ certificate: certificates.valid, extraConfig: takingTokensOf(judge) });
  const accounts = (address: string) => [{ address, login: address.split('@')[0] ?? '', password: 'secret' }];
  const loginOf = (token: string) => judge.emailIn(token)?.split('@')[0] ?? null;
  exchange = await startExchangeDouble({ accounts: accounts(person), ways: [], tls: certificates.valid, loginOf });
  gateless = await startExchangeDouble({ accounts: accounts(open), ways: ['none'], versions: [old] });
  addItem(exchange.folder(person), { raw: letter(`Over Exchange to ${person}`) });
  addItem(gateless.folder(open), { raw: letter(`Over Exchange to ${open}`) });
  for (const address of [application, clear]) await deliver(dovecot, address, letter(`Over POP3 to ${address}`));
  for (const address of [front, shared]) await deliver(dovecot, address, letter(`Over IMAP to ${address}`));
  window = await openConsoleWindow({ args: ['--lang=en-US'], env: { NODE_EXTRA_CA_CERTS: certificates.caFile } });
  await keepOpenedAddresses(window.app);
  ways = waysIn({ window, judge, certificates });
});
test.afterAll(async () => {
  await window?.close();
  await Promise.all([dovecot?.stop(), judge?.stop(), exchange?.stop(), gateless?.stop()]);
  rmSync(dir, { recursive: true, force: true });
  expect([exchange?.schemaFaults, gateless?.schemaFaults]).toEqual([[], []]);
});

const versionsAsked = ({ heard }: ExchangeDouble) =>
  heard.map(({ body }) => /RequestServerVersion Version="(\w+)"/.exec(body)?.[1]);

test('Exchange over HTTPS, by a person’s sign-in with the provider', async () => {
  const incoming = await ways.typeServer(person, 'Exchange');
  await incoming.getByLabel('Exchange web service URL').fill(`https://localhost:${exchange.port}`);
  await window.page.getByText('With the provider', { exact: true }).click();
  await ways.register(clients.public);
  await ways.signInAs(person);
  await ways.addAndFind(person, `Over Exchange to ${person}`);
  await sendToOneself(window.page, person);
  expect(new Set(exchange.heard.map(({ authorization }) => authorization.split(' ', 1)[0]))).toEqual(
    new Set(['Bearer']),
  );
});

test('Exchange without authentication, in the version that was chosen', async () => {
  const incoming = await ways.typeServer(open, 'Exchange');
  await incoming.getByLabel('Exchange web service URL').fill(`http://localhost:${gateless.port}`);
  await incoming.getByRole('combobox', { name: 'Exchange version' }).click();
  await window.page.getByRole('option', { name: '2007 SP1' }).click();
  await incoming.getByText('None', { exact: true }).click();
  await expect(window.page.getByLabel('Password', { exact: true })).toHaveCount(0);
  await ways.addAndFind(open, `Over Exchange to ${open}`);
  await sendToOneself(window.page, open);
  expect(new Set(versionsAsked(gateless))).toEqual(new Set([old]));
  expect(new Set(gateless.heard.map(({ authorization }) => authorization))).toEqual(new Set(['']));
});

test('POP3 without encryption, by password', async () => {
  const incoming = await ways.typeServer(clear, 'POP3');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByText('None', { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(dovecot.pop3Port));
  await ways.typeOutgoing(dovecot.submissionPort, 'STARTTLS');
  await window.page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await ways.addAndFind(clear, `Over POP3 to ${clear}`, false);
  await sendToOneself(window.page, clear);
});

test('POP3 and SMTP, by the application’s own sign-in', async () => {
  const incoming = await ways.typeServer(application, 'POP3');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByLabel('Port').fill(String(dovecot.pop3sPort));
  await ways.typeOutgoing(dovecot.submissionPort, 'STARTTLS');
  await window.page.getByText('With the provider', { exact: true }).click();
  await ways.registerApplication();
  await ways.addAndFind(application, `Over POP3 to ${application}`, false);
  await sendToOneself(window.page, application);
});

async function typeImap(address: string, encryption: 'SSL/TLS' | 'STARTTLS' = 'SSL/TLS'): Promise<void> {
  const incoming = await ways.typeServer(address, 'IMAP');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByText(encryption, { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(encryption === 'STARTTLS' ? dovecot.imapPort : dovecot.imapsPort));
  await ways.typeOutgoing(dovecot.submissionPort, 'STARTTLS');
  await window.page.getByText('With the provider', { exact: true }).click();
}

test('IMAP and SMTP, by the application’s own sign-in', async () => {
  await typeImap(front);
  await ways.registerApplication();
  await ways.addAndFind(front, `Over IMAP to ${front}`);
  await sendToOneself(window.page, front);
});

test('a Microsoft application with its directory asks there, for the person who signs in for the mailbox', async () => {
  const { page, app } = window;
  await typeImap(shared);
  await page.getByRole('combobox', { name: 'Who gives the sign-in' }).click();
  await page.getByRole('option', { name: 'Microsoft' }).click();
  await page.getByLabel('Application ID (client ID)').fill('11111111-2222-3333-4444-555555555555');
  await page.getByLabel('Directory ID (tenant ID)').fill('99999999-8888-7777-6666-555555555555');
  await page.getByLabel('Signs in for this mailbox').fill(person);
  await page.getByRole('button', { name: 'Sign in in the browser' }).click();
  const { host, pathname, searchParams } = new URL(await nextOpened(app));
  expect(host).toBe('login.microsoftonline.com');
  expect(pathname).toBe('/99999999-8888-7777-6666-555555555555/oauth2/v2.0/authorize');
  expect(searchParams.get('login_hint')).toBe(person);
  expect(searchParams.get('scope')).toContain('https://outlook.office.com/IMAP.AccessAsUser.All');
  await page.getByRole('status').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'Add a mailbox' })).toHaveCount(0);
});

test('a shared mailbox over IMAP, by the sign-in of a person who may open it', async () => {
  const { page } = window;
  await typeImap(shared, 'STARTTLS');
  await ways.register(clients.public);
  await page.getByLabel('Signs in for this mailbox').fill(person);
  await ways.signInAs(person);
  await ways.addAndFind(shared, `Over IMAP to ${shared}`);
  await sendToOneself(page, shared);
});
