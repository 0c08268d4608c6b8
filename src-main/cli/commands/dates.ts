import type { Command } from 'commander';
import type { DatedThing } from '../../../src-shared/domain/dated-thing.ts';
import type { CommandParts } from '../command-parts.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';

export function addDatesCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'dates [mailbox]', translate('terminal.dates')).action(
    (name: string | undefined, _options, command: Command) =>
      run(command, async (session) => {
        const things = await session.call('dates.list', undefined);
        const shown = name === undefined ? things : things.filter(({ mailboxName }) => mailboxName === name);
        session.print(shown, dateLines(session, shown));
      }),
  );
}

function dateLines({ translate }: Session, things: readonly DatedThing[]): string[] {
  if (things.length === 0) return [translate('terminal.dates.none')];
  const columns = ['end', 'left', 'mailbox', 'what', 'do'] as const;
  const rows = things.map(({ endsAt, daysLeft, mailboxName, kind }) => [
    new Date(endsAt).toISOString().slice(0, 10),
    daysLeft > 0 ? translate('dates.left', { count: daysLeft }) : translate('dates.past'),
    mailboxName,
    translate(`date.${kind}`),
    translate(`date.${kind}.do`),
  ]);
  return table(
    columns.map((column) => translate(`dates.column.${column}`)),
    rows,
  );
}
