import { type Command, Option } from 'commander';
import type { LogEntry } from '../../../src-shared/domain/connection-log.ts';
import { type LogLevel, logLevelSchema } from '../../../src-shared/domain/mailbox.ts';
import { logLine } from '../../../src-shared/i18n/log-sentence.ts';
import type { CommandParts } from '../command-parts.ts';
import { findMailbox } from '../find-mailbox.ts';
import { dayArgument, linesArgument } from '../parse-argument.ts';
import type { Session } from '../session.ts';
import { visibleLine } from '../visible-text.ts';

interface LogOptions {
  readonly failures?: true;
  readonly find?: string;
  readonly since?: number;
  readonly lines: number;
  readonly level?: LogLevel;
}

/** More than anybody reads in a terminal; all of it is `--lines 10000` into a file. */
const usualLines = 100;
const pageLines = 200;

export function addLogCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'log [mailbox]', translate('terminal.log'))
    .option('--failures', translate('terminal.log.failures'))
    .option('--find <words>', translate('terminal.log.find'))
    .option('--since <day>', translate('terminal.log.since'), dayArgument(translate))
    .option('--lines <count>', translate('terminal.log.lines'), linesArgument(translate), usualLines)
    .addOption(new Option('--level <level>', translate('terminal.log.level')).choices(logLevelSchema.options))
    .action((name: string | undefined, options: LogOptions, command: Command) =>
      run(command, async (session) => {
        if (options.level !== undefined && name !== undefined) await setLevel(session, name, options.level);
        else await showLog(session, name, options);
      }),
    );
}

async function setLevel(session: Session, name: string, log: LogLevel): Promise<void> {
  const { id, settings } = await findMailbox(session, name);
  const draft = { settings: { ...settings, log }, password: null, outgoingPassword: null, mailboxId: id };
  const changed = await session.call('mailboxes.update', { draft });
  const level = session.translate(`log.level.${log}`);
  session.print(changed, [session.translate('terminal.log.set', { name: visibleLine(settings.name), level })]);
}

async function showLog(session: Session, name: string | undefined, options: LogOptions): Promise<void> {
  const { failures, find = '', since = null, lines } = options;
  const mailboxes = await session.call('mailboxes.list', undefined);
  const mailboxId = name === undefined ? null : (await findMailbox(session, name)).id;
  const severity = failures ? ('problems' as const) : ('all' as const);
  const filter = { mailboxId, severity, words: find, since, until: null };
  const entries: LogEntry[] = [];
  let before: number | null = null;
  while (entries.length < lines) {
    const limit = Math.min(pageLines, lines - entries.length);
    const page: { readonly entries: readonly LogEntry[]; readonly more: boolean } = await session.call('logs.read', {
      ...{ filter, before, limit },
    });
    entries.push(...page.entries);
    before = entries.at(-1)?.id ?? null;
    if (!page.more || before === null) break;
  }
  const nameOf = (entry: LogEntry) => mailboxes.find(({ id }) => id === entry.mailboxId)?.settings.name ?? '';
  const text = entries.map((entry) => visibleLine(logLine(session.translate, entry, nameOf(entry)))).reverse();
  session.print(entries, text.length === 0 ? [session.translate('terminal.log.none')] : text);
}
