import type { Command } from 'commander';
import type { AuthorityId, CertificateAuthority } from '../../../src-shared/domain/certificate-authority.ts';
import type { CommandParts } from '../command-parts.ts';
import { authorityIdArgument } from '../parse-argument.ts';
import { readBytes } from '../read-input.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

interface AddOptions {
  readonly host: string;
  readonly from: string;
}

export function addAuthorityCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const authority = group('authority', translate('terminal.authority'));
  leaf(authority, 'add', translate('terminal.authority.add'))
    .requiredOption('--host <host>', translate('terminal.authority.host'))
    .requiredOption('--from <file>', translate('terminal.authority.from'))
    .action((options: AddOptions, command: Command) =>
      run(command, async (session) => {
        const file = await readBytes(options.from, session.terminal.stdin);
        const added = await session.call('authorities.add', { host: options.host, file });
        session.print(added, authorityLines(session, added));
      }),
    );
  leaf(authority, 'list', translate('terminal.authority.list')).action((_options, command: Command) =>
    run(command, async (session) => {
      const authorities = await session.call('authorities.list', undefined);
      const lines = authorityLines(session, authorities);
      session.print(authorities, lines.length > 0 ? lines : [translate('terminal.authority.none')]);
    }),
  );
  leaf(authority, 'remove', translate('terminal.authority.remove'))
    .argument('<number>', translate('terminal.authority.number'), authorityIdArgument(translate))
    .action((authorityId: AuthorityId, _options, command: Command) =>
      run(command, async (session) => {
        await session.call('authorities.remove', { authorityId });
        session.print(null, [translate('terminal.authority.removed')]);
      }),
    );
}

function authorityLines({ translate }: Session, authorities: readonly CertificateAuthority[]): string[] {
  const head = ['number', 'host', 'subject-name', 'valid', 'sha256'] as const;
  const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);
  return table(
    head.map((column) => translate(`terminal.head.${column}`)),
    authorities.map(({ id, host, subject, validFrom, validTo, sha256 }) => [
      id,
      host,
      subject,
      translate('certificate.validRange', { from: dayOf(validFrom), to: dayOf(validTo) }),
      sha256,
    ]),
  );
}
