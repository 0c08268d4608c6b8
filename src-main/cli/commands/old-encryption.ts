import type { Command } from 'commander';
import type { CommandParts } from '../command-parts.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

export function addOldEncryptionCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const old = group('old-encryption', translate('terminal.old-encryption'));
  leaf(old, 'list', translate('terminal.old-encryption.list')).action((_options, command: Command) =>
    run(command, async (session) => {
      const allowed = await session.call('oldEncryption.list', undefined);
      const head = [translate('terminal.head.host'), translate('terminal.head.since')];
      const rows = allowed.map(({ host, allowedAt }) => [host, new Date(allowedAt).toISOString().slice(0, 10)]);
      session.print(allowed, rows.length > 0 ? table(head, rows) : [translate('oldEncryption.none')]);
    }),
  );
  leaf(old, 'allow', translate('terminal.old-encryption.allow'))
    .argument('<host>', translate('terminal.old-encryption.host'))
    .action((host: string, _options, command: Command) =>
      run(command, async (session) => {
        const allowed = await session.call('oldEncryption.allow', { host });
        session.print(allowed, [translate('terminal.old-encryption.allowed', { host: visibleLine(allowed.host) })]);
      }),
    );
  leaf(old, 'forbid', translate('terminal.old-encryption.forbid'))
    .argument('<host>', translate('terminal.old-encryption.host'))
    .action((host: string, _options, command: Command) =>
      run(command, async (session) => {
        await session.call('oldEncryption.forbid', { host });
        session.print(null, [translate('terminal.old-encryption.forbidden', { host: visibleLine(host) })]);
      }),
    );
}
