import type { Command } from 'commander';
import type { CommandParts } from '../command-parts.ts';
import { findMailbox } from '../find-mailbox.ts';
import { findTemplate } from '../find-template.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

interface AddOptions {
  readonly template: string;
  readonly mailbox?: string;
  readonly off?: true;
  readonly loaded?: true;
}

export function addSenderCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const sender = group('sender', translate('terminal.sender'));
  leaf(sender, 'add <pattern>', translate('terminal.sender.add'))
    .requiredOption('--template <name>', translate('terminal.option.template'))
    .option('--mailbox <name>', translate('terminal.option.sender-mailbox'))
    .option('--off', translate('terminal.option.off'))
    .option('--loaded', translate('terminal.option.loaded'))
    .action((pattern: string, options: AddOptions, command: Command) =>
      run(command, (session) => addSender(session, pattern, options)),
    );
  leaf(sender, 'list', translate('terminal.sender.list')).action((_options, command: Command) =>
    run(command, listSenders),
  );
}

async function addSender(session: Session, pattern: string, options: AddOptions): Promise<void> {
  const template = await findTemplate(session, options.template);
  const mailboxId = options.mailbox === undefined ? null : (await findMailbox(session, options.mailbox)).id;
  const settings = { pattern, templateId: template.id, mailboxId, receiving: !options.off };
  const saved = await session.call('senders.save', {
    senderEntryId: null,
    settings,
    loadedToo: options.loaded ?? false,
  });
  session.print(saved, [session.translate('terminal.sender.added', { pattern: visibleLine(saved.settings.pattern) })]);
}

async function listSenders(session: Session): Promise<void> {
  const { translate } = session;
  const senders = await session.call('senders.list', undefined);
  const mailboxes = await session.call('mailboxes.list', undefined);
  const head = [
    translate('terminal.head.pattern'),
    translate('terminal.head.template'),
    translate('terminal.head.mailbox'),
    translate('terminal.head.receiving'),
  ];
  const rows = senders.map(({ settings, templateName }) => [
    settings.pattern,
    templateName,
    mailboxes.find(({ id }) => id === settings.mailboxId)?.settings.name ?? translate('terminal.sender.everywhere'),
    translate(settings.receiving ? 'terminal.yes' : 'terminal.no'),
  ]);
  session.print(senders, rows.length > 0 ? table(head, rows) : [translate('terminal.sender.none')]);
}
