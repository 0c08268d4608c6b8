import type { Command } from 'commander';
import type { LetterScope } from '../../../src-shared/contract/mail.ts';
import type { CommandParts } from '../command-parts.ts';
import { findMailbox } from '../find-mailbox.ts';
import { limitArgument } from '../parse-argument.ts';
import { messageLines } from './message.ts';

export function addSearchCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'search <query>', translate('terminal.search'))
    .option('--mailbox <name>', translate('terminal.option.mailbox'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .action((query: string, options: { mailbox?: string; limit: number }, command: Command) =>
      run(command, async (session) => {
        const mailboxId = options.mailbox === undefined ? null : (await findMailbox(session, options.mailbox)).id;
        const scope: LetterScope = { mailboxId, folderId: null, unreadOnly: false };
        const found = await session.call('mail.search', { query, scope, before: null, limit: options.limit });
        session.print(found, messageLines(session, found));
      }),
    );
}
