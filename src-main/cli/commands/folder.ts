import type { Command } from 'commander';
import type { CommandParts } from '../command-parts.ts';
import { findMailbox } from '../find-mailbox.ts';
import { table } from '../table.ts';

export function addFolderCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const folder = group('folder', translate('terminal.folder'));
  leaf(folder, 'list <name>', translate('terminal.folder.list')).action((name: string, _options, command: Command) =>
    run(command, async (session) => {
      const { id } = await findMailbox(session, name);
      const folders = await session.call('folders.list', { mailboxId: id });
      const head = [
        session.translate('terminal.head.folder'),
        session.translate('terminal.head.selected'),
        session.translate('terminal.head.letters'),
        session.translate('terminal.head.unread'),
      ];
      const rows = folders.map(({ path, namespace, selected, total, unread }) => [
        namespace === undefined ? path : `${path} (${session.translate(`folder.namespace.${namespace}`)})`,
        session.translate(selected ? 'terminal.yes' : 'terminal.no'),
        total,
        unread,
      ]);
      session.print(folders, table(head, rows));
    }),
  );
}
