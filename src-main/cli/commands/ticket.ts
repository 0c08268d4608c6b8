import { type Command, Option } from 'commander';
import type { TicketId } from '../../../src-shared/domain/ids.ts';
import {
  type Ticket,
  type TicketEntry,
  type TicketState,
  type TicketSummary,
  ticketStateSchema,
} from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { limitArgument, ticketIdArgument } from '../parse-argument.ts';
import { people, person } from '../people.ts';
import { readStdin } from '../read-input.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';
import { visibleLine, visibleText } from '../visible-text.ts';

type AnswerEntry = Extract<TicketEntry, { kind: 'answer' }>;

interface ListOptions {
  readonly state?: TicketState;
  readonly mine?: true;
  readonly query?: string;
  readonly limit: number;
}

export function addTicketCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const state = () =>
    new Option('--state <state>', translate('terminal.option.state')).choices(ticketStateSchema.options);
  const ticket = group('ticket', translate('terminal.ticket'));
  leaf(ticket, 'list', translate('terminal.ticket.list'))
    .addOption(state())
    .option('--mine', translate('terminal.option.mine'))
    .option('--query <words>', translate('terminal.option.query'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .action((options: ListOptions, command: Command) => run(command, (session) => listTickets(session, options)));
  leaf(ticket, 'show', translate('terminal.ticket.show'))
    .argument('<number>', translate('terminal.argument.ticket'), ticketIdArgument(translate))
    .action((ticketId: TicketId, _options, command: Command) =>
      run(command, async (session) => {
        const found = await session.call('tickets.get', { ticketId });
        session.print(found, ticketLines(session, found));
      }),
    );
  leaf(ticket, 'reply', translate('terminal.ticket.reply'))
    .argument('<number>', translate('terminal.argument.ticket'), ticketIdArgument(translate))
    .addOption(state())
    .action((ticketId: TicketId, options: { state?: TicketState }, command: Command) =>
      run(command, (session) => reply(session, ticketId, options.state ?? null)),
    );
}

async function listTickets(session: Session, options: ListOptions): Promise<void> {
  const filter = {
    states: options.state ? [options.state] : [],
    templateId: null,
    mailboxId: null,
    mine: options.mine === true,
    query: options.query ?? '',
  };
  const { translate } = session;
  const found = await session.call('tickets.list', { filter, offset: 0, limit: options.limit });
  const head = [
    translate('terminal.head.number'),
    translate('terminal.head.state'),
    translate('terminal.head.changed'),
    translate('terminal.head.requester'),
    translate('terminal.head.subject'),
  ];
  const row = ({ id, state, updatedAt, requester, subject }: TicketSummary) => [
    `#${id}`,
    translate(`tickets.state.${state}`),
    shortDate(updatedAt),
    shorten(requester.name || requester.address, 28),
    shorten(subject, 50),
  ];
  const lines = found.tickets.length > 0 ? table(head, found.tickets.map(row)) : [translate('terminal.ticket.none')];
  session.print(found, lines);
}

function ticketLines(session: Session, { summary, entries }: Ticket): string[] {
  const { translate } = session;
  const { fields } = summary;
  const line = (head: string, value: string) => (value === '' ? [] : [`${head}: ${visibleLine(value)}`]);
  return [
    visibleLine(`#${summary.id} ${summary.subject}`),
    ...line(translate('terminal.head.state'), translate(`tickets.state.${summary.state}`)),
    ...line(translate('terminal.head.requester'), person(summary.requester)),
    ...line(translate('terminal.head.template'), summary.templateName),
    ...line(translate('terminal.head.type'), fields.type),
    ...line(translate('terminal.head.customer'), fields.customer),
    ...line(translate('terminal.head.object'), fields.object),
    ...line(translate('terminal.head.work-kind'), fields.workKind),
    ...line(translate('terminal.head.criticality'), fields.criticality),
    ...line(translate('terminal.head.assignee'), summary.assignee),
    ...entries.flatMap((entry) => ['', ...entryLines(session, entry)]),
  ];
}

function entryLines({ translate }: Session, entry: TicketEntry): string[] {
  const at = shortDate(entry.at);
  switch (entry.kind) {
    case 'letter':
      return [
        `── ${at} ${translate('terminal.ticket.letter', { from: person(entry.from), id: entry.messageId })}`,
        ...entry.attachments.map(({ name }) => visibleLine(`${translate('terminal.head.attachment')}: ${name}`)),
        visibleText(entry.text),
      ];
    case 'answer':
      return [
        `── ${at} ${translate('terminal.ticket.answer', { to: people(entry.to), state: translate(`outbox.state.${entry.state}`) })}`,
        ...(entry.serverWords === ''
          ? []
          : [visibleLine(`${translate('terminal.head.server')}: ${entry.serverWords}`)]),
        ...recipientLines(translate, entry),
        visibleText(entry.text),
      ];
    case 'change':
      return [visibleLine(`── ${at} ${entry.author} ${entry.field}: ${entry.before} → ${entry.after}`)];
  }
}

/** Each recipient by itself, where they fare differently. */
function recipientLines(translate: Session['translate'], { state, recipients }: AnswerEntry): string[] {
  if (recipients.every((recipient) => recipient.state === state)) return [];
  return recipients.map((one) =>
    visibleLine(`   ${one.address}: ${translate(`outbox.state.${one.state}`)} ${one.serverWords}`.trimEnd()),
  );
}

async function reply(session: Session, ticketId: TicketId, nextState: TicketState | null): Promise<void> {
  const text = (await readStdin(session.terminal.stdin)).trimEnd();
  if (text === '') throw new AppError('input.invalid', { at: 'stdin' });
  const answer = { ticketId, text, html: null, attachments: [], nextState };
  const outgoing = await session.call('tickets.reply', { reply: answer });
  session.print(outgoing, [
    session.translate('terminal.ticket.replied', {
      id: ticketId,
      state: session.translate(`outbox.state.${outgoing.state}`),
    }),
  ]);
}
