// The main job once, in the real window, on the demo company: load, ticket, answer, the answer's arrival.
// Started by start.mjs under a private session where there is no display. Tells in plain lines what happened.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { inProject } from './project.mjs';

const say = (line) => console.log(line);
const pictures = mkdtempSync(join(tmpdir(), 'mailroom-screens-'));
const profile = join(pictures, 'profile');
mkdirSync(profile);
const flags = (process.env.MAILROOM_ELECTRON_FLAGS ?? '').split(' ').filter(Boolean);
const answer = 'Hello! Thank you for your letter. We have found the cause and mended it; please try again.';

const app = await _electron.launch({
  executablePath: process.env.MAILROOM_ELECTRON,
  args: [...flags, '--disable-gpu', '--lang=en-US', inProject(''), '--profile', profile],
});
try {
  const page = await app.firstWindow();
  page.setDefaultTimeout(60_000);
  const show = async (name, text) => {
    const path = join(pictures, `${name}.png`);
    await page.screenshot({ path });
    say(`${text}\n  ${path}`);
  };
  const open = (name) => page.getByRole('navigation').getByRole('link', { name }).first().click();
  // One call of the page's own contract, to read back what the window shows.
  const ask = (name, input) =>
    page.evaluate(
      ([method, argument]) =>
        new Promise((resolve, reject) => {
          const id = 1_000_000 + Math.floor(Math.random() * 1_000_000);
          const stop = window.mailroom.onAnswer((reply) => {
            if (reply.id !== id) return;
            stop();
            if (reply.kind === 'value') resolve(reply.value);
            else reject(new Error(reply.error.code));
          });
          window.mailroom.send({ kind: 'call', id, name: method, input: argument });
        }),
      [name, input],
    );

  await page.getByRole('button', { name: 'Start the demo company' }).waitFor();
  await show('1-first-run', 'The console is open.');

  await page.getByRole('button', { name: 'Start the demo company' }).click();
  await page.getByText('The demo company is ready').waitFor();
  const { total: letters } = await ask('mail.count', {
    scope: { mailboxId: null, folderId: null, unreadOnly: false },
  });
  const everything = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  const { tickets, total } = await ask('tickets.list', { filter: everything, offset: 0, limit: 500 });
  await show('2-loaded', `${letters} letters were loaded from two mailboxes; ${total} of them became tickets.`);

  // A ticket of the company's own office, whose mailbox is in the console too: so the arrival can be seen.
  const ticket = tickets.find(({ requester }) => requester.address.startsWith('office@'));
  if (!ticket) throw new Error('no ticket of the office was made');
  await open(/^Tickets/);
  await page.getByText(ticket.subject).first().click();
  await page.keyboard.press('Enter');
  const editor = page.getByRole('textbox', { name: 'Text of the answer' });
  await editor.fill(answer);
  await show('3-ticket', `Ticket #${ticket.id} “${ticket.subject}” is open, an answer is written.`);

  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByText('Accepted', { exact: true }).or(page.getByText('Accepted by the server')).first().waitFor();
  await show('4-answered', 'The answer was accepted by the server.');

  await open('Mail');
  const arrived = page.getByText(`[#${ticket.id}]`).first();
  await arrived.waitFor();
  await arrived.click();
  await page.getByText('We have found the cause').first().waitFor();
  await show('5-arrived', `The answer has arrived in ${ticket.requester.address}.`);
  say('The main job works.');
} catch (error) {
  const page = app.windows()[0];
  await page?.screenshot({ path: join(pictures, 'failed.png') }).catch(() => undefined);
  say(`The main job failed: ${error.message}\n  ${join(pictures, 'failed.png')}`);
  process.exitCode = 1;
} finally {
  await app.close();
}
