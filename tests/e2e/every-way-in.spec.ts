import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { browseOpened, keepOpenedAddresses } from '../support/browser-of-window.ts';
import { callConsole } from '../support/call-console.ts';
import { createCertificates, type TestCertificates } from '../support/certificates.ts';
import { type ConsoleWindow, openConsoleWindow } from '../support/console-window.ts';
import { deliver } from '../support/deliver.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { takingTokensOf } from '../support/dovecot-tokens.ts';
import { closeNotices, goTo, openFound, sendToOneself } from '../support/e2e-desk.ts';
import { looks, type Pictures, picturesOf, violationsIn } from '../support/e2e-pictures.ts';
import { letter, type Ways, waysIn } from '../support/e2e-ways.ts';
import { endpoint, nextStep } from '../support/e2e-wizard.ts';
import { addContact } from '../support/exchange/contacts.ts';
import { type ExchangeDouble, startExchangeDouble } from '../support/exchange/exchange-double.ts';
import { addItem } from '../support/exchange/mailboxes.ts';
import { addMeeting } from '../support/exchange/meetings.ts';
import { type GraphDouble, startGraphDouble } from '../support/graph/graph-double.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { clients, type SignInJudge, startSignInJudge } from '../support/sign-in-judge.ts';

// Every protocol with every sign-in that no other window test sets up, in one window, each as a new user would; each sends a letter to itself.
const bob = 'bob@graph.test';
const application = 'office@graph.test';
const shared = 'shared@graph.test';
/** Who may open it. */
const delegate = 'anna@graph.test';
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
let pictures: Pictures;
/** Whose tokens are taken no more. */
const withdrawn = new Set<string>();

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
  graph = await startGraphDouble(certificates.valid, [bob, application, shared, delegate], (given) => {
    const email = judge.emailIn(given);
    if (email !== null && withdrawn.has(email)) return null;
    if (email === delegate) return { address: delegate, opens: [shared] };
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
  for (const address of [bob, application, shared, delegate])
    addItem(graph.folder(address), { raw: letter(`Over Graph to ${address}`) });
  for (const address of [plain, token])
    addItem(exchange.folder(address), { raw: letter(`Over Exchange to ${address}`) });
  await deliver(dovecot, desk, letter(`Over POP3 to ${desk}`));
  window = await openConsoleWindow({ args: ['--lang=en-US'], env: { NODE_EXTRA_CA_CERTS: certificates.caFile } });
  page = window.page;
  pictures = picturesOf(page);
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

test('Graph, a shared mailbox: the account that signs in is another, is asked about, and opens it', async () => {
  const incoming = await ways.typeServer(shared, 'Graph');
  await incoming.getByLabel('Graph host').fill(`localhost:${graph.port}`);
  await ways.register(clients.public);
  await page.getByRole('button', { name: 'Sign in in the browser' }).click();
  await browseOpened(window.app, { login: delegate, caPem: certificates.caPem });
  const question = page.getByRole('group', { name: `Signed in as ${delegate}, but the mailbox is ${shared}.` });
  await expect(question).toBeFocused();
  await closeNotices(page);
  await pictures.inEveryLook('wizard-account');
  await pictures.wear(looks[0]);
  await page.getByRole('button', { name: `${delegate} opens the shared mailbox ${shared}` }).click();
  await browseOpened(window.app, { login: delegate, caPem: certificates.caPem });
  await expect(page.getByText(`Signed in as ${delegate}.`)).toBeVisible();
  await ways.addAndFind(shared, `Over Graph to ${shared}`);
  await expect(page.getByText(`Over Graph to ${delegate}`)).toHaveCount(0);
  await sendToOneself(page, shared);
});

test('Graph, by the application’s own sign-in', async () => {
  const incoming = await ways.typeServer(application, 'Graph');
  await incoming.getByLabel('Graph host').fill(`localhost:${graph.port}`);
  await ways.registerApplication();
  await ways.addAndFind(application, `Over Graph to ${application}`);
  await sendToOneself(page, application);
});

test('the meetings and contacts of a Graph mailbox, once they are switched on, and an answer to one', async () => {
  const organizer = { name: 'Oleg', address: 'oleg@graph.test' };
  const required = [{ name: 'Office', address: application }];
  const files = [{ name: 'plan.pdf', type: 'application/pdf', content: Buffer.from('%PDF') }];
  const start = new Date().setHours(24 + 14, 30, 0, 0);
  const times = { start, end: start + 45 * 60_000 };
  addMeeting(graph.folder(application, 'calendar'), {
    ...{ subject: 'Replacing the storage', location: 'Server room 2', organizer, required, files, ...times },
    body: '<p>Please bring the <b>spare disks</b>.</p>',
  });
  addContact(graph.folder(application, 'contacts'), {
    displayName: 'Oleg Smirnov',
    addresses: { EmailAddress1: organizer.address },
  });
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: application }).first().click();
  for (const name of ['Load the calendar', 'Load the contacts']) await page.getByRole('switch', { name }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Load now' }).click();
  await goTo(page, 'Calendar');
  await page.getByRole('button', { name: /Replacing the storage/ }).click();
  const meeting = page.getByRole('article');
  for (const words of ['Replacing the storage', 'Server room 2', organizer.address, application, 'plan.pdf'])
    await expect(meeting).toContainText(words);
  await expect(meeting).toContainText(/02:30\sPM\D+03:15\sPM/);
  await expect(page.frameLocator('iframe[title="Text of the letter"]').locator('body')).toContainText('spare disks');
  await page.getByRole('textbox', { name: /^Message to the organiser/ }).fill('I bring three.');
  await page.getByRole('button', { name: 'Tentative', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: '“Tentative” was said to the server' })).toBeVisible();
  expect(graph.answers).toMatchObject([{ answer: 'TentativelyAcceptItem', body: expect.stringContaining('three') }]);
  await goTo(page, 'Contacts');
  await page.getByRole('option', { name: /Oleg Smirnov/ }).click();
  await expect(page.getByRole('article', { name: 'Oleg Smirnov' })).toContainText(organizer.address);
});

test('a meeting whose organiser wants no answer is answered without one', async () => {
  const soon = new Date().setHours(24 + 17, 0, 0, 0);
  const organizer = { name: 'Oleg', address: 'oleg@graph.test' };
  const required = [{ name: 'Office', address: application }];
  const times = { start: soon, end: soon + 30 * 60_000 };
  const meeting = { subject: 'Reading hour', organizer, required, ...times, responseRequested: false };
  addMeeting(graph.folder(application, 'calendar'), meeting);
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: application }).first().click();
  await page.getByRole('button', { name: 'Load now' }).click();
  await goTo(page, 'Calendar');
  await page.getByRole('button', { name: /Reading hour/ }).click();
  const article = page.getByRole('article', { name: 'Reading hour' });
  await expect(article.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByText(`${application}: 0 new letters`)).toBeVisible();
  await closeNotices(page);
  await pictures.inEveryLook('calendar-no-answer');
  await pictures.wear(looks[0]);
  await article.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: '“Accept” was said to the server' })).toBeVisible();
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
  await expect(page.getByText(/needs a sign-in of its own/)).toBeVisible();
  await closeNotices(page);
  await pictures.inEveryLook('mailbox-switch-sign-in');
  await pictures.wear(looks[0]);
  await ways.signInAs(relayed);
  await page.getByRole('button', { name: 'Prepare', exact: true }).click();
  await page.getByRole('button', { name: 'Try side by side' }).click();
  await expect(page.getByRole('row', { name: /INBOX 1 1 1 1 of 1 known/ })).toBeVisible();
  expect(await violationsIn(page)).toEqual([]);
  await page.getByRole('button', { name: 'Switch…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Switch', exact: true }).click();
  await expect(page.getByText(/^Before: IMAP, localhost:\d+, .*, by password/)).toBeVisible();
  await deliver(dovecot, relayed, letter('After the switch'));
  await page.getByRole('button', { name: 'Load now' }).click();
  await expect(await openFound(page, 'After the switch', 'After the switch')).toContainText('By this way.');
  await goTo(page, 'Ledger');
  const balance = page.getByRole('listitem').filter({ hasText: relayed });
  await expect(balance).toContainText('On the server 2 = in the ledger 2');
});

test('a sign-in that was withdrawn, mended with another account: what that means is asked, and said before it is kept', async () => {
  const mailbox = (await callConsole(page, 'mailboxes.list', undefined)).find(
    ({ settings }) => settings.address === bob,
  );
  if (!mailbox) throw new Error('not there');
  const settings = { ...mailbox.settings, afterwards: { kind: 'mark-read' } as const };
  const draft = { settings, password: null, outgoingPassword: null, mailboxId: mailbox.id };
  await callConsole(page, 'mailboxes.update', { draft, confirmed: true });
  judge.revokeAll();
  withdrawn.add(bob);
  await goTo(page, 'Mailboxes');
  await page.getByRole('link', { name: bob }).first().click();
  await page.getByRole('button', { name: 'Load now' }).click();
  const mend = page.getByRole('button', { name: 'Mend the sign-in' }).first();
  await mend.click();
  await browseOpened(window.app, { login: delegate, caPem: certificates.caPem });
  const dialog = page.getByRole('dialog');
  const shares = dialog.getByRole('button', { name: `${delegate} opens the shared mailbox ${bob}` });
  await expect(shares).toBeVisible();
  await closeNotices(page);
  await pictures.inEveryLook('sign-in-account');
  await pictures.wear(looks[0]);
  await shares.click();
  await browseOpened(window.app, { login: delegate, caPem: certificates.caPem });
  await expect(dialog.getByRole('alert')).toContainText(`letters of the mailbox ${bob} itself`);
  await closeNotices(page);
  await pictures.inEveryLook('sign-in-effects');
});

async function typeExchange(address: string): Promise<void> {
  const incoming = await ways.typeServer(address, 'Exchange');
  await incoming.getByLabel('Exchange web service URL').fill(`http://localhost:${exchange.port}`);
  await incoming.getByText('Basic', { exact: true }).click();
  await incoming.getByLabel('Login').fill(address.split('@')[0] ?? '');
}
