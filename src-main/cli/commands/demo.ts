import { EventEmitter, once } from 'node:events';
import type { Command } from 'commander';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import type { MessageSummary } from '../../../src-shared/domain/message.ts';
import type { Outgoing } from '../../../src-shared/domain/outgoing.ts';
import type { TicketSummary } from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { fromWire } from '../../../src-shared/errors/wire.ts';
import type { CommandParts } from '../command-parts.ts';
import type { Session } from '../session.ts';
import { visibleLine } from '../visible-text.ts';

interface DemoOptions {
  readonly once?: true;
  readonly end?: true;
}

export function addDemoCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'demo', translate('terminal.demo'))
    .option('--once', translate('terminal.option.once'))
    .option('--end', translate('terminal.option.end'))
    .action((options: DemoOptions, command: Command) =>
      run(command, (session) => (options.end ? endDemo(session) : runDemo(session, options)), !options.end),
    );
}

async function endDemo(session: Session): Promise<void> {
  await session.call('demo.end', undefined);
  session.print({ present: false }, [session.translate('terminal.demo.ended')]);
}

/** The main job on the demo company: load, a ticket, an answer, and the answer in the other mailbox. */
async function runDemo(session: Session, options: DemoOptions): Promise<void> {
  const { translate } = session;
  const loaded = await session.call('demo.start', undefined);
  const mailboxes = (await session.call('mailboxes.list', undefined)).filter(({ demo }) => demo);
  const [ticket, office] = await ticketOfColleague(session, mailboxes);
  const answered = translate('terminal.demo.text');
  const reply = { ticketId: ticket.id, text: answered, html: null, attachments: [], nextState: null };
  const outgoing = await session.call('tickets.reply', { reply });
  await leaves(session, outgoing);
  const arrived = await arrival(session, office, ticket);
  session.print({ ...loaded, mailboxes, ticket, outgoing, arrived }, [
    translate('terminal.demo.started', { addresses: mailboxes.map(({ settings }) => settings.address).join(', ') }),
    translate('terminal.demo.loaded', { letters: loaded.letters, tickets: loaded.tickets }),
    translate('terminal.demo.ticket', { id: ticket.id, subject: visibleLine(ticket.subject) }),
    translate('terminal.demo.answered', { address: ticket.requester.address }),
    translate('terminal.demo.arrived', { subject: visibleLine(arrived.subject), mailbox: office.settings.name }),
  ]);
  if (options.once) return;
  session.note(translate('terminal.demo.running'));
  const { signal } = session.terminal;
  if (!signal.aborted) await once(signal, 'abort');
}

/** A ticket that one mailbox of the company wrote to the other, so that its answer can be looked for. */
async function ticketOfColleague(
  session: Session,
  mailboxes: readonly Mailbox[],
): Promise<readonly [TicketSummary, Mailbox]> {
  const filter = { states: [], templateId: null, mailboxId: null, mine: false, query: '' };
  const { tickets } = await session.call('tickets.list', { filter, offset: 0, limit: 500 });
  for (const ticket of tickets) {
    const writer = mailboxes.find(({ settings }) => settings.address === ticket.requester.address);
    if (writer && writer.id !== ticket.mailboxId) return [ticket, writer];
  }
  throw new AppError('ticket.unknown', { id: 0 });
}

/** Longer than a letter takes over loopback on a busy machine. */
const sendingDeadlineMs = 30_000;

/** Sends the answer, or waits until the console, which sends by itself as well, has done so. Throws what kept it. */
async function leaves(session: Session, { id }: Outgoing): Promise<void> {
  const deadline = AbortSignal.timeout(sendingDeadlineMs);
  const changed = createBell(session);
  await session.call('outbox.flush', undefined);
  for (;;) {
    const all = await session.call('outbox.list', { states: [], limit: 500 });
    const letter = all.find((outgoing) => outgoing.id === id);
    if (letter?.state === 'accepted') return;
    if (letter?.problem) throw fromWire(letter.problem);
    if (letter?.state !== 'queued' && letter?.state !== 'sending') throw new AppError('cancelled');
    await changed(AbortSignal.any([deadline, session.terminal.signal]));
  }
}

/** Waits for the outbox to change; a change between two waits is not missed. */
function createBell(session: Session): (signal: AbortSignal) => Promise<void> {
  const bell = new EventEmitter();
  let rung = false;
  session.on('outbox.changed', () => {
    rung = true;
    bell.emit('rung');
  });
  return async (signal) => {
    if (!rung) await once(bell, 'rung', { signal });
    rung = false;
  };
}

/** Loads the mailbox and finds the answer in it. */
async function arrival(session: Session, mailbox: Mailbox, { id }: TicketSummary): Promise<MessageSummary> {
  await session.call('loading.run', { mailboxIds: [mailbox.id] });
  const scope = { mailboxId: mailbox.id, folderId: null, unreadOnly: false };
  const newest = await session.call('mail.list', { scope, before: null, limit: 50 });
  const answer = newest.find(({ subject }) => subject.includes(`[#${id}]`));
  if (!answer) throw new AppError('message.gone');
  return answer;
}
