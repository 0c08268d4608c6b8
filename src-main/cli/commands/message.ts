import type { Command } from 'commander';
import type { MessageId } from '../../../src-shared/domain/ids.ts';
import type { Letter, MessageSummary } from '../../../src-shared/domain/message.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findFolder } from '../find-folder.ts';
import { findMailbox } from '../find-mailbox.ts';
import { limitArgument, messageIdArgument } from '../parse-argument.ts';
import { people, person } from '../people.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';
import { printThroughFile } from '../through-file.ts';
import { visibleLine, visibleText } from '../visible-text.ts';

interface ListOptions {
  readonly mailbox?: string;
  readonly folder?: string;
  readonly unread?: true;
  readonly limit: number;
}

export function addMessageCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const message = group('message', translate('terminal.message'));
  leaf(message, 'list', translate('terminal.message.list'))
    .option('--mailbox <name>', translate('terminal.option.mailbox'))
    .option('--folder <path>', translate('terminal.option.folder'))
    .option('--unread', translate('terminal.option.unread'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .action((options: ListOptions, command: Command) => run(command, (session) => listMessages(session, options)));
  leaf(message, 'show', translate('terminal.message.show'))
    .argument('<id>', translate('terminal.argument.message'), messageIdArgument(translate))
    .option('--raw', translate('terminal.option.raw'))
    .action((id: MessageId, { raw }: { raw?: true }, command: Command) =>
      run(command, (session) =>
        raw
          ? printThroughFile(session, () => session.call('mail.saveLetter', { messageId: id }))
          : printLetter(session, id),
      ),
    );
}

async function listMessages(session: Session, options: ListOptions): Promise<void> {
  const mailboxId = options.mailbox === undefined ? null : (await findMailbox(session, options.mailbox)).id;
  const folder = options.folder === undefined ? null : await findFolder(session, options.folder, mailboxId);
  const scope = { mailboxId, folderId: folder?.id ?? null, unreadOnly: options.unread === true };
  const messages = await session.call('mail.list', { scope, before: null, limit: options.limit });
  session.print(messages, messageLines(session, messages));
}

/** Columns of a subject: with the rest it fits a terminal of common width. */
const subjectColumns = 50;
const senderColumns = 28;

export function messageLines({ translate }: Session, messages: readonly MessageSummary[]): string[] {
  if (messages.length === 0) return [translate('terminal.message.none')];
  const head = [
    translate('terminal.head.number'),
    translate('terminal.head.date'),
    translate('terminal.head.from'),
    translate('terminal.head.subject'),
    translate('terminal.head.ticket'),
  ];
  const rows = messages.map(({ id, receivedAt, from, subject, ticketId }) => [
    String(id),
    shortDate(receivedAt),
    shorten(from?.name || from?.address || '', senderColumns),
    shorten(subject, subjectColumns),
    ticketId === null ? '' : `#${ticketId}`,
  ]);
  return table(head, rows);
}

async function printLetter(session: Session, messageId: MessageId): Promise<void> {
  const letter = await session.call('mail.letter', { messageId });
  session.print(letter, letterLines(session, letter));
}

function letterLines({ translate }: Session, { summary, to, cc, text, attachments }: Letter): string[] {
  const line = (head: string, value: string) => (value === '' ? [] : [`${head}: ${visibleLine(value)}`]);
  return [
    ...line(translate('terminal.head.from'), person(summary.from)),
    ...line(translate('terminal.head.to'), people(to)),
    ...line(translate('terminal.head.copy'), people(cc)),
    ...line(translate('terminal.head.subject'), summary.subject),
    ...line(translate('terminal.head.date'), shortDate(summary.sentAt)),
    ...line(translate('terminal.head.ticket'), summary.ticketId === null ? '' : `#${summary.ticketId}`),
    ...attachments.map(({ name, size }) =>
      visibleLine(
        `${translate('terminal.head.attachment')}: ${name} (${translate('terminal.bytes', { count: size })})`,
      ),
    ),
    ...(summary.problem ? [failureLine(translate, summary.problem)] : []),
    '',
    visibleText(text),
  ];
}
