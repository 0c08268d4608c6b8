import { type Command, Option } from 'commander';
import type { EffectState } from '../../../src-shared/domain/effect.ts';
import type { EffectId } from '../../../src-shared/domain/ids.ts';
import type { LedgerEntry } from '../../../src-shared/domain/ledger.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { effectWords, entryNames } from '../ledger-words.ts';
import { effectIdsArgument, limitArgument } from '../parse-argument.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';

interface ListOptions {
  readonly failed?: true;
  readonly all?: true;
  readonly limit: number;
}

const open: readonly EffectState[] = ['failed', 'doing', 'due'];
const every: readonly EffectState[] = [...open, 'done', 'gone', 'cancelled'];

export function addEffectCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const effect = group('effect', translate('terminal.effect'));
  leaf(effect, 'list [mailbox]', translate('terminal.effect.list'))
    .option('--failed', translate('terminal.option.failed'))
    .addOption(new Option('--all', translate('terminal.option.all-effects')).conflicts('failed'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .action((mailbox: string | undefined, options: ListOptions, command: Command) =>
      run(command, (session) => listEffects(session, mailbox, options)),
    );
  for (const verb of ['retry', 'cancel'] as const) {
    leaf(effect, verb, translate(`terminal.effect.${verb}`))
      .argument('<numbers...>', translate('terminal.argument.effects'), effectIdsArgument(translate))
      .action((ids: readonly EffectId[], _options, command: Command) =>
        run(command, (session) => change(session, verb, ids)),
      );
  }
}

async function listEffects(session: Session, mailbox: string | undefined, options: ListOptions): Promise<void> {
  const mailboxId = mailbox === undefined ? null : (await findMailbox(session, mailbox)).id;
  const states = options.failed ? (['failed'] as const) : options.all ? every : open;
  const entries = await session.call('effects.list', { mailboxId, states: [...states], limit: options.limit });
  session.print(
    entries,
    entries.length > 0 ? effectLines(session, entries) : [session.translate('terminal.effect.none')],
  );
}

function effectLines({ translate }: Session, entries: readonly LedgerEntry[]): string[] {
  const head = [
    translate('terminal.head.number'),
    translate('terminal.head.entry'),
    translate('terminal.head.folder'),
    translate('terminal.head.from'),
    translate('terminal.head.subject'),
    translate('terminal.head.changes'),
    translate('terminal.head.date'),
    translate('terminal.head.outcome'),
  ];
  const rows = entries.flatMap((entry) => {
    const { effect, id, folderPath } = entry;
    if (effect === null) return [];
    const { who, what } = entryNames(entry, translate);
    return [
      [
        String(effect.id),
        String(id),
        shorten(folderPath, 20),
        shorten(who, 24),
        shorten(what, 40),
        effectWords(effect, translate),
        shortDate(effect.doneAt ?? effect.notBefore),
        effect.problem === null ? '' : failureLine(translate, effect.problem),
      ],
    ];
  });
  return table(head, rows);
}

/** Fewer than were named: some are done, or no such numbers; that is said, and makes the command fail. */
async function change(session: Session, verb: 'retry' | 'cancel', ids: readonly EffectId[]): Promise<void> {
  const { translate } = session;
  const wanted = [...new Set(ids)];
  const changed = await session.call(`effects.${verb}`, { effectIds: wanted });
  const said = verb === 'retry' ? 'terminal.effect.retried' : 'effect.cancelled';
  session.print(changed, [translate(said, { count: changed.changed })]);
  if (changed.changed === wanted.length) return;
  session.note(translate('terminal.effect.not-changed', { count: wanted.length - changed.changed }));
  session.markFailed();
}
