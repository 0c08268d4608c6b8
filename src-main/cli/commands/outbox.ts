import type { Command } from 'commander';
import { isPartlyTaken, type Outgoing } from '../../../src-shared/domain/outgoing.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { people } from '../people.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

export function addOutboxCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const outbox = group('outbox', translate('terminal.outbox'));
  leaf(outbox, 'list', translate('terminal.outbox.list')).action((_options, command: Command) =>
    run(command, async (session) => {
      const all = await session.call('outbox.list', { states: [], limit: 500 });
      session.print(all, outboxLines(session, all));
    }),
  );
  leaf(outbox, 'flush', translate('terminal.outbox.flush')).action((_options, command: Command) =>
    run(command, async (session) => {
      const tried = await session.call('outbox.flush', undefined);
      session.print(tried, outboxLines(session, tried));
      if (tried.some(({ state }) => state !== 'accepted')) session.markFailed();
    }),
  );
}

export function outboxLines({ translate }: Session, letters: readonly Outgoing[]): string[] {
  if (letters.length === 0) return [translate('terminal.outbox.none')];
  const head = [
    translate('terminal.head.ticket'),
    translate('terminal.head.state'),
    translate('terminal.head.date'),
    translate('terminal.head.to'),
    translate('terminal.head.subject'),
    translate('terminal.head.outcome'),
  ];
  const rows = letters.map(({ ticketId, state, createdAt, to, subject, problem, serverWords, recipients }) => [
    ticketId === null ? '' : `#${ticketId}`,
    translate(isPartlyTaken(state, recipients) ? 'outbox.state.partly' : `outbox.state.${state}`),
    shortDate(createdAt),
    shorten(people(to), 30),
    shorten(subject, 40),
    visibleLine(`${problem ? failureLine(translate, problem) : ''} ${serverWords}`.trim()),
  ]);
  return table(head, rows);
}
