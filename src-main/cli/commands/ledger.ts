import { type Command, Option } from 'commander';
import type { LedgerEntryId } from '../../../src-shared/domain/ids.ts';
import {
  type LedgerEntry,
  type LedgerFilter,
  type LedgerStatus,
  type LedgerStory,
  ledgerStatusSchema,
} from '../../../src-shared/domain/ledger.ts';
import type { AttachReason } from '../../../src-shared/domain/ticket.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findFolder } from '../find-folder.ts';
import { findMailbox } from '../find-mailbox.ts';
import { effectWords, entryNames, statusWords } from '../ledger-words.ts';
import { storyLines } from '../letter-story.ts';
import { ledgerEntryIdArgument, limitArgument } from '../parse-argument.ts';
import { person } from '../people.ts';
import type { Session } from '../session.ts';
import { shorten, table } from '../table.ts';
import { printThroughFile } from '../through-file.ts';
import { visibleLine } from '../visible-text.ts';
import { balance } from './ledger-balance.ts';
import { reportLines, sayProgress, tellTrouble } from './load.ts';

interface ListOptions {
  readonly folder?: string;
  readonly status?: readonly LedgerStatus[];
  readonly query?: string;
  readonly limit: number;
  readonly csv?: true;
}

export function addLedgerCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const status = new Option('--status <status...>', translate('terminal.option.status'));
  const ledger = group('ledger', translate('terminal.ledger'));
  leaf(ledger, 'list [mailbox]', translate('terminal.ledger.list'))
    .option('--folder <path>', translate('terminal.option.folder'))
    .addOption(status.choices(ledgerStatusSchema.options))
    .option('--query <words>', translate('terminal.option.ledger-query'))
    .option('--limit <number>', translate('terminal.option.limit'), limitArgument(translate), 50)
    .option('--csv', translate('terminal.option.csv'))
    .action((mailbox: string | undefined, options: ListOptions, command: Command) => {
      if (options.csv && command.optsWithGlobals().json) command.error(translate('terminal.ledger.csv-or-json'));
      return run(command, (session) => listEntries(session, mailbox, options));
    });
  leaf(ledger, 'show', translate('terminal.ledger.show'))
    .argument('<number>', translate('terminal.argument.entry'), ledgerEntryIdArgument(translate))
    .action((entryId: LedgerEntryId, _options, command: Command) => run(command, (session) => show(session, entryId)));
  leaf(ledger, 'balance [mailbox]', translate('terminal.ledger.balance'))
    .option('--fresh', translate('terminal.option.fresh'))
    .action((mailbox: string | undefined, { fresh }: { fresh?: true }, command: Command) =>
      run(command, (session) => balance(session, mailbox, fresh === true)),
    );
  leaf(ledger, 'load <mailbox>', translate('terminal.ledger.load')).action(
    (mailbox: string, _options, command: Command) => run(command, (session) => loadMissing(session, mailbox)),
  );
}

async function listEntries(session: Session, mailbox: string | undefined, options: ListOptions): Promise<void> {
  const mailboxId = mailbox === undefined ? null : (await findMailbox(session, mailbox)).id;
  const folder = options.folder === undefined ? null : await findFolder(session, options.folder, mailboxId);
  const filter: LedgerFilter = {
    mailboxId,
    folderId: folder?.id ?? null,
    statuses: [...(options.status ?? [])],
    query: options.query ?? '',
  };
  if (options.csv) {
    await printThroughFile(session, () => session.call('ledger.export', { filter }));
    return;
  }
  const entries = await session.call('ledger.list', { filter, before: null, limit: options.limit });
  session.print(
    entries,
    entries.length > 0 ? entryLines(session, entries) : [session.translate('terminal.ledger.none')],
  );
}

function entryLines({ translate }: Session, entries: readonly LedgerEntry[]): string[] {
  const head = [
    translate('terminal.head.number'),
    translate('terminal.head.seen'),
    translate('terminal.head.folder'),
    translate('terminal.head.from'),
    translate('terminal.head.subject'),
    translate('terminal.head.state'),
    translate('terminal.head.changes'),
  ];
  const rows = entries.map((entry) => {
    const { who, what } = entryNames(entry, translate);
    return [
      String(entry.id),
      shortDate(entry.seenAt),
      shorten(entry.folderPath, 20),
      shorten(who, 24),
      shorten(what, 40),
      statusWords(entry, translate),
      entry.effect === null ? '' : effectWords(entry.effect, translate),
    ];
  });
  return table(head, rows);
}

async function show(session: Session, entryId: LedgerEntryId): Promise<void> {
  const story = await session.call('ledger.story', { entryId });
  const mailboxes = await session.call('mailboxes.list', undefined);
  const nameOf = ({ mailboxId }: LedgerEntry) => mailboxes.find(({ id }) => id === mailboxId)?.settings.name ?? '';
  session.print(story, showLines(session, story, { nameOf, reason: await attachReason(session, story.entry) }));
}

/** Which sign put the letter into its ticket: the ticket knows. */
async function attachReason(session: Session, { ticketId, messageId }: LedgerEntry): Promise<AttachReason | null> {
  if (ticketId === null) return null;
  const { entries } = await session.call('tickets.get', { ticketId });
  const letter = entries.find((entry) => entry.kind === 'letter' && entry.messageId === messageId);
  return letter?.kind === 'letter' ? letter.reason : null;
}

interface StoryParts {
  readonly nameOf: (entry: LedgerEntry) => string;
  readonly reason: AttachReason | null;
}

function showLines({ translate }: Session, { entry, elsewhere }: LedgerStory, { nameOf, reason }: StoryParts) {
  const { what } = entryNames(entry, translate);
  const line = (head: string, value: string) => (value === '' ? [] : [`${head}: ${visibleLine(value)}`]);
  const placeOf = (one: LedgerEntry) =>
    visibleLine(translate('story.place', { folder: `${nameOf(one)}, ${one.folderPath}`, uid: one.uid }));
  return [
    visibleLine(what),
    ...line(translate('terminal.head.from'), person(entry.from)),
    ...line(translate('story.messageId'), entry.messageIdHeader),
    `${placeOf(entry)} (${translate('story.placeValidity', { validity: entry.uidValidity })})`,
    ...line(translate('terminal.head.state'), statusWords(entry, translate)),
    ...(entry.messageId === null ? [] : [translate('terminal.ledger.letter', { id: entry.messageId })]),
    '',
    ...storyLines(entry, reason, translate).map(visibleLine),
    ...(elsewhere.length === 0 ? [] : ['', `${translate('story.elsewhere')}:`]),
    ...elsewhere.map((other) => {
      const was = other.leftAt === null ? '' : ` (${translate('story.elsewhere.gone')})`;
      return `${other.id}  ${placeOf(other)}${was}`;
    }),
  ];
}

async function loadMissing(session: Session, name: string): Promise<void> {
  const mailbox = await findMailbox(session, name);
  sayProgress(session, [mailbox]);
  const report = await session.call('ledger.loadMissing', { mailboxId: mailbox.id });
  tellTrouble(session, [report]);
  session.print(report, reportLines(session, [report]));
}
