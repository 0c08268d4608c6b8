import type { Command } from 'commander';
import type { Health } from '../../../src-shared/contract/console.ts';
import type { CommandParts } from '../command-parts.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

export function addDoctorCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'doctor', translate('terminal.doctor')).action((_options, command: Command) =>
    run(command, async (session) => {
      const health = await session.call('console.health', undefined);
      session.print(health, healthLines(session, health));
      if (health.vault.problem || health.storeProblem) session.markFailed();
    }),
  );
}

function healthLines({ translate }: Session, health: Health): string[] {
  const { vault, storeProblem, counts } = health;
  const rows: (readonly (string | number)[])[] = [
    ['Mailroom', health.version],
    ['Node', health.node],
    ['SQLite', health.sqlite ?? '—'],
    [
      translate('terminal.doctor.vault'),
      `${vault.kind}: ${vault.problem ? failureLine(translate, vault.problem) : translate('terminal.ok')}`,
    ],
    [
      translate('terminal.doctor.store'),
      storeProblem ? failureLine(translate, storeProblem) : `${translate('terminal.ok')} (${health.storeProcess})`,
    ],
    [translate('terminal.doctor.file'), health.storePath],
    [translate('terminal.doctor.size'), translate('terminal.bytes', { count: health.storeBytes ?? 0 })],
    [translate('terminal.doctor.schema'), String(health.schema ?? '—')],
    [translate('terminal.doctor.logs'), health.logPath],
  ];
  if (counts)
    rows.push([
      translate('terminal.doctor.holds'),
      translate('terminal.doctor.counts', {
        mailboxes: counts.mailboxes,
        letters: counts.letters,
        tickets: counts.tickets,
      }),
    ]);
  return table(['', ''], rows).slice(1);
}
