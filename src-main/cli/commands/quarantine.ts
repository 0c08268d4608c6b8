import { type Command, Option } from 'commander';
import { type MessageId, messageIdSchema } from '../../../src-shared/domain/ids.ts';
import { type QuarantineWhy, quarantineWhySchema } from '../../../src-shared/domain/ledger.ts';
import type { Quarantined } from '../../../src-shared/domain/quarantine.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { findTemplate } from '../find-template.ts';
import { limitArgument, messageIdArgument, messageIdsArgument } from '../parse-argument.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

interface ListOptions {
  readonly why?: QuarantineWhy;
  readonly dismissed?: true;
  readonly limit: number;
}

interface TemplateOption {
  readonly template?: string;
}

export function addQuarantineCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const quarantine = group('quarantine', translate('terminal.quarantine'));
  const why = new Option('--why <why>', translate('terminal.option.why')).choices(quarantineWhySchema.options);
  leaf(quarantine, 'list [mailbox]', translate('terminal.quarantine.list'))
    .addOption(why)
    .option('--dismissed', translate('terminal.option.dismissed'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .action((mailbox: string | undefined, options: ListOptions, command: Command) =>
      run(command, (session) => listDesk(session, mailbox, options)),
    );
  leaf(quarantine, 'retry', translate('terminal.quarantine.retry'))
    .argument('[numbers...]', translate('terminal.argument.messages'), messageIdsArgument(translate))
    .action((ids: readonly MessageId[], _options, command: Command) => run(command, (session) => retry(session, ids)));
  leaf(quarantine, 'dismiss', translate('terminal.quarantine.dismiss'))
    .argument('<numbers...>', translate('terminal.argument.messages'), messageIdsArgument(translate))
    .option('--undo', translate('terminal.option.undo'))
    .action((ids: readonly MessageId[], { undo }: { undo?: true }, command: Command) =>
      run(command, (session) => dismiss(session, ids, undo !== true)),
    );
  const oneLetter = (verb: string, description: string) =>
    leaf(quarantine, verb, description).argument(
      '<number>',
      translate('terminal.argument.message'),
      messageIdArgument(translate),
    );
  oneLetter('allow', translate('terminal.quarantine.allow'))
    .option('--template <name>', translate('terminal.option.template'))
    .action((id: MessageId, options: TemplateOption, command: Command) =>
      run(command, (session) => allow(session, id, options)),
    );
  oneLetter('fetch', translate('terminal.quarantine.fetch')).action((id: MessageId, _options, command: Command) =>
    run(command, async (session) => {
      await session.call('quarantine.fetchAnyway', { messageId: id });
      session.print({ messageId: id }, [session.translate('quarantine.fetched')]);
    }),
  );
  oneLetter('ticket', translate('terminal.quarantine.ticket'))
    .option('--template <name>', translate('terminal.option.template'))
    .action((id: MessageId, options: TemplateOption, command: Command) =>
      run(command, (session) => makeTicket(session, id, options)),
    );
}

async function listDesk(session: Session, mailbox: string | undefined, options: ListOptions): Promise<void> {
  const mailboxId = mailbox === undefined ? null : (await findMailbox(session, mailbox)).id;
  const { why = null, dismissed = false, limit } = options;
  const found = await session.call('quarantine.list', { mailboxId, why, dismissed, before: null, limit });
  const { translate } = session;
  session.print(found, found.length > 0 ? deskLines(session, found) : [translate('terminal.quarantine.none')]);
}

function deskLines({ translate }: Session, letters: readonly Quarantined[]): string[] {
  const head = [
    translate('terminal.head.number'),
    translate('terminal.head.since'),
    translate('terminal.head.why'),
    translate('terminal.head.from'),
    translate('terminal.head.subject'),
    translate('terminal.head.noticed'),
  ];
  const rows = letters.map(({ letter, at, why, note }) => [
    String(letter.id),
    shortDate(at),
    translate(`ledger.why.${why}`),
    // The address: a name is what a false sender chooses freely.
    shorten(letter.from?.address ?? '', 30),
    shorten(letter.subject, 40),
    shorten(note, 60),
  ]);
  return table(head, rows);
}

async function retry(session: Session, ids: readonly MessageId[] | undefined): Promise<void> {
  const messageIds = ids === undefined || ids.length === 0 ? null : [...ids];
  const done = await session.call('quarantine.retry', { messageIds });
  session.print(done, [session.translate('terminal.quarantine.retried', done)]);
}

async function dismiss(session: Session, ids: readonly MessageId[], dismissed: boolean): Promise<void> {
  const { translate } = session;
  const wanted = [...new Set(ids)];
  const changed = await session.call('quarantine.dismiss', { messageIds: wanted, dismissed });
  const said = dismissed ? 'terminal.quarantine.dismissed' : 'terminal.quarantine.put-back';
  session.print(changed, [translate(said, { count: changed.changed })]);
  if (changed.changed === wanted.length) return;
  session.note(translate('terminal.quarantine.not-changed', { count: wanted.length - changed.changed }));
  session.markFailed();
}

async function allow(session: Session, messageId: MessageId, { template }: TemplateOption): Promise<void> {
  const item = await onDesk(session, messageId);
  // Trust needs no template; a new sender entry does.
  if (item.why === 'no-sender-entry' && template === undefined)
    throw new AppError('input.invalid', { at: '--template' });
  const templateId = template === undefined ? null : (await findTemplate(session, template)).id;
  const done = await session.call('quarantine.allowSender', { messageId, templateId });
  const address = visibleLine(item.letter.from?.address ?? '');
  session.print(done, [session.translate('quarantine.allowed', { count: done.released, address })]);
}

/** The letter as the desk has it. Throws `state.conflict` where it is not there. */
async function onDesk(session: Session, messageId: MessageId): Promise<Quarantined> {
  // The list is asked for what lies below a number: the one above it begins with the letter itself.
  const before = messageIdSchema.parse(messageId + 1);
  for (const dismissed of [false, true]) {
    const question = { mailboxId: null, why: null, dismissed, before, limit: 1 };
    const [found] = await session.call('quarantine.list', question);
    if (found?.letter.id === messageId) return found;
  }
  throw new AppError('state.conflict');
}

async function makeTicket(session: Session, messageId: MessageId, { template }: TemplateOption): Promise<void> {
  const templateId = template === undefined ? null : (await findTemplate(session, template)).id;
  const ticket = await session.call('tickets.makeFromLetter', { messageId, templateId });
  session.print(ticket, [session.translate('quarantine.ticketMade', { id: ticket.summary.id })]);
}
