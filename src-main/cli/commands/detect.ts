import type { Command } from 'commander';
import type { ServerAddress } from '../../../src-shared/domain/provider.ts';
import type { CommandParts } from '../command-parts.ts';
import { table } from '../table.ts';

export function addDetectCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'detect <address>', translate('terminal.detect')).action((address: string, _options, command: Command) =>
    run(command, async (session) => {
      const found = await session.call('mailboxes.detect', { address });
      const server = (settings: ServerAddress | null) =>
        settings
          ? `${settings.host}:${settings.port} ${settings.encryption}`
          : session.translate('terminal.detect.unknown');
      const rows = [
        [
          session.translate('terminal.head.provider'),
          found.provider?.name ?? session.translate('terminal.detect.unknown'),
        ],
        [session.translate('terminal.head.source'), session.translate(`terminal.detect.${found.source}`)],
        ['IMAP', server(found.incoming)],
        ['SMTP', server(found.outgoing)],
        [session.translate('terminal.head.login'), found.login],
        ...(found.provider?.appPasswordUrl
          ? [[session.translate('terminal.head.app-password'), found.provider.appPasswordUrl]]
          : []),
      ];
      session.print(found, table(['', ''], rows).slice(1));
    }),
  );
}
