import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type axe from 'axe-core';
import { keepOpenedAddresses } from '../support/browser-of-window.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { goTo, openFound, sendToOneself } from '../support/e2e-desk.ts';
import { letter, type Ways, waysIn } from '../support/e2e-ways.ts';
import { endpoint, nextStep } from '../support/e2e-wizard.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';

// Every protocol with every sign-in that no other window test sets up, in one window, each as a new user would; each sends a letter to itself.
const bob = 'bob@graph.test';
const application = 'office@graph.test';
const desk = 'desk@own-server.test';
const plain = 'vera@plain.test';
const token = 'oleg@plain.test';
const relayed = 'relay@own-server.test';
const apart = 'apart@own-server.test';
/** Of the submission server alone. */
const submitter = { login: 'submitter-7', password: 'another secret' };
let dir: string;
let certificates: TestCertificates;
let judge: SignInJudge;
let dovecot: Dovecot;
let submission: Relay;
let graph: GraphDouble;
let exchange: ExchangeDouble;
let window: ConsoleWindow;
let page: Page;
let ways: Ways;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mailroom-ways-'));
  certificates = createCertificates(dir);
  judge = await startSignInJudge({ certificates, applicationMailbox: application });
  dovecot = await startDovecot({ certificate: certificates.valid, extraConfig: takingTokensOf(judge) });
  submission = await startRelay(({ to, raw, from }) => deliver(dovecot, to, raw, from), {
    ...submitter,
    certificate: certificates.valid,
  });
  // Whoever the judge says it is; an application has no mailbox of its own.
  graph = await startGraphDouble(certificates.valid, [bob, application], (given) => {
    const email = judge.emailIn(given);
    if (email === application) return { address: null, opens: [application] };
    return email === null ? null : { address: email };
  });
  const accounts = [plain, token].map((address) => ({
    address,
    login: address.split('@')[0] ?? '',
    password: 'secret',
  }));
  const applicationOf = (given: string) => (judge.emailIn(given) === application ? { impersonates: [token] } : null);
  exchange = await startExchangeDouble({ accounts, ways: ['basic'], applicationOf });
  for (const address of [bob, application]) addItem(graph.folder(address), { raw: letter(`Over Graph to ${address}`) });
  for (const address of [plain, token])
    addItem(exchange.folder(address), { raw: letter(`Over Exchange to ${address}`) });
  await deliver(dovecot, desk, letter(`Over POP3 to ${desk}`));
  window = await openConsoleWindow({ args: ['--lang=en-US'], env: { NODE_EXTRA_CA_CERTS: certificates.caFile } });
  page = window.page;
  await keepOpenedAddresses(window.app);
  ways = waysIn({ window, judge, certificates });
});
test.afterAll(async () => {
  await window?.close();
  await Promise.all([dovecot?.stop(), submission?.stop(), judge?.stop(), graph?.stop(), exchange?.stop()]);
  rmSync(dir, { recursive: true, force: true });
  expect([exchange?.schemaFaults, graph?.mistakes]).toEqual([[], []]);
});

test('Graph, by a person’s sign-in', async () => {
  const incoming = await ways.typeServer(bob, 'Graph');
  await incoming.getByLabel('Graph host').fill(`localhost:${graph.port}`);
  await ways.register(clients.public);
  await ways.signInAs(bob);
  await ways.addAndFind(bob, `Over Graph to ${bob}`);
  await sendToOneself(page, bob);
});

test('Graph, by the application’s own sign-in', async () => {
  const incoming = await ways.typeServer(application, 'Graph');
  await incoming.getByLabel('Graph host').fill(`localhost:${graph.port}`);
  await ways.registerApplication();
  await ways.addAndFind(application, `Over Graph to ${application}`);
  await sendToOneself(page, application);
});

test('POP3 and SMTP after STARTTLS, by the provider’s sign-in', async () => {
  const incoming = await ways.typeServer(desk, 'POP3');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByText('STARTTLS', { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(dovecot.pop3Port));
  await ways.typeOutgoing(dovecot.submissionPort, 'STARTTLS');
  await page.getByText('With the provider', { exact: true }).click();
  await ways.register(clients.public);
  await ways.signInAs(desk);
  await ways.addAndFind(desk, `Over POP3 to ${desk}`, false);
  await sendToOneself(page, desk);
  expect(dovecot.relay.received).toMatchObject([{ to: [desk] }]);
});

test('Exchange without encryption, by Basic', async () => {
  await typeExchange(plain);
  await page.getByLabel('Password', { exact: true }).fill('secret');
  await ways.addAndFind(plain, `Over Exchange to ${plain}`);
  await sendToOneself(page, plain);
});

test('Exchange, by the application’s own sign-in', async () => {
  await typeExchange(token);
  await page.getByText('With the provider', { exact: true }).click();
  await ways.registerApplication();
  await ways.addAndFind(token, `Over Exchange to ${token}`);
  await sendToOneself(page, token);
  expect(exchange.sent.map(({ from }) => from)).toEqual([plain, token]);
});

test('IMAP without encryption, and SMTP without encryption and sign-in: a letter to oneself goes out and arrives', async () => {
  const incoming = await ways.typeServer(relayed, 'IMAP');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByText('None', { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(dovecot.imapPort));
  const outgoing = await ways.typeOutgoing(dovecot.relay.port, 'None');
  await outgoing.getByRole('switch', { name: 'The server asks for a sign-in' }).click();
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await ways.add();
  await ways.connected(relayed);
  await sendToOneself(page, relayed);
  expect(dovecot.relay.received.at(-1)).toMatchObject({ to: [relayed] });
});

test('SMTP over SSL/TLS, with a login and a password of the submission server’s own', async () => {
  const incoming = await ways.typeServer(apart, 'IMAP');
  await incoming.getByLabel('Server', { exact: true }).fill('localhost');
  await incoming.getByLabel('Port').fill(String(dovecot.imapsPort));
  const outgoing = await ways.typeOutgoing(submission.port, 'SSL/TLS');
  await outgoing.getByLabel('Login').fill(submitter.login);
  await page.getByLabel('Password', { exact: true }).fill(dovecot.password);
  await nextStep(page);
  await expect(page.getByRole('heading', { name: 'The connection does not work yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Enter the password again' }).click();
  await page.getByLabel('Another password for sending').fill(submitter.password);
  await ways.add();
  await ways.connected(apart);
  await sendToOneself(page, apart);
  expect(submission.received).toMatchObject([{ to: [apart] }]);
});

test('one is switched from its password to the provider’s sign-in, and nothing is loaded twice', async () => {
  await page.getByRole('link', { name: relayed }).first().click();
  await page.getByRole('link', { name: 'Prepare a switch…' }).click();
  const incoming = endpoint(page, 'Incoming mail');
  await incoming.getByText('SSL/TLS', { exact: true }).click();
  await incoming.getByLabel('Port').fill(String(dovecot.imapsPort));
  await page.getByText('With the provider', { exact: true }).click();
  await page.getByLabel('Address of the sign-in service (issuer)').fill(judge.issuer);
  await page.getByLabel('Application ID (client ID)').fill(clients.public);
  await ways.signInAs(relayed);
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('button', { name: 'Try side by side' }).click();
  await expect(page.getByRole('row', { name: /INBOX 1 1 1 1 of 1 known/ })).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Switch…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
  await expect(page.getByText(/^Before: IMAP, localhost, by password/)).toBeVisible();
  await deliver(dovecot, relayed, letter('After the switch'));
  await page.getByRole('button', { name: 'Load now' }).click();
  await expect(await openFound(page, 'After the switch', 'After the switch')).toContainText('By this way.');
  await goTo(page, 'Ledger');
  await expect(page.getByText('On the server 2 = in the ledger 2')).toBeVisible();
});

/** What axe has against the page. */
async function violationsIn(of: Page): Promise<string[]> {
  await of.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return of.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as { readonly axe: typeof axe };
    const { violations } = await judge.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

async function typeExchange(address: string): Promise<void> {
  const incoming = await ways.typeServer(address, 'Exchange');
  await incoming.getByLabel('Exchange web service URL').fill(`http://localhost:${exchange.port}`);
  await incoming.getByText('Basic', { exact: true }).click();
  await incoming.getByLabel('Login').fill(address.split('@')[0] ?? '');
}
