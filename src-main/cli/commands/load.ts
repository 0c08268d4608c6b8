import type { Command } from 'commander';
import type { LoadReport } from '../../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

export function addLoadCommand(root: Command, { leaf, run, translate }: CommandParts): void {
  leaf(root, 'load [names...]', translate('terminal.load')).action((names: string[], _options, command: Command) =>
    run(command, async (session) => {
      const mailboxes: Mailbox[] = [];
      for (const name of names) mailboxes.push(await findMailbox(session, name));
      const reports = await load(session, names.length > 0 ? mailboxes : null);
      session.print(reports, reportLines(session, reports));
    }),
  );
}

/** One pass, with its progress on standard error; what did not go well makes the command fail. */
export async function load(session: Session, mailboxes: readonly Mailbox[] | null): Promise<readonly LoadReport[]> {
  sayProgress(session, await session.call('mailboxes.list', undefined));
  const mailboxIds = mailboxes?.map(({ id }) => id) ?? null;
  const reports = await session.call('loading.run', { mailboxIds });
  tellTrouble(session, reports);
  return reports;
}

/** A mailbox or folder that failed, a change on the server that failed, a letter that nobody can explain. */
export function tellTrouble(session: Session, reports: readonly LoadReport[]): void {
  const troubled = reports.some(
    ({ problem, folders, effectsFailed, unexplained }) =>
      problem !== null || effectsFailed > 0 || unexplained > 0 || folders.some((folder) => folder.problem !== null),
  );
  if (troubled) session.markFailed();
}

/** Between two lines of one folder: enough to see that it goes on, few enough to read in a log. */
const progressEveryMs = 1000;

export function sayProgress(session: Session, mailboxes: readonly Mailbox[]): void {
  const said = new Map<string, { readonly at: number; readonly line: string }>();
  session.on('loading.progress', ({ mailboxId, folder, done, total, phase }) => {
    if (phase !== 'loading' || total === 0) return;
    const name = mailboxes.find(({ id }) => id === mailboxId)?.settings.name ?? '';
    const key = `${mailboxId} ${folder}`;
    const last = said.get(key);
    const line = session.translate('terminal.load.progress', {
      name: visibleLine(name),
      folder: visibleLine(folder),
      done,
      total,
    });
    if (last && (last.line === line || (done < total && Date.now() - last.at < progressEveryMs))) return;
    said.set(key, { at: Date.now(), line });
    session.note(line);
  });
}

export function reportLines(session: Session, reports: readonly LoadReport[]): string[] {
  const { translate } = session;
  if (reports.length === 0) return [translate('terminal.mailbox.none')];
  const sum = (pick: (report: LoadReport) => number) => reports.reduce((total, report) => total + pick(report), 0);
  return [
    ...folderLines(session, reports),
    translate('terminal.load.tickets', {
      created: sum(({ ticketsCreated }) => ticketsCreated),
      appended: sum(({ ticketsAppended }) => ticketsAppended),
    }),
    ...remarkLines(session, sum),
    ...reports.flatMap(({ mailboxName, caughtUp }) =>
      caughtUp === null
        ? []
        : [
            translate('terminal.load.caught-up', {
              name: visibleLine(mailboxName),
              count: caughtUp.letters,
              since: shortDate(caughtUp.since),
            }),
          ],
    ),
    ...problemLines(session, reports),
  ];
}

/** Folders in which the server had nothing new are counted, not listed: there may be fifty of them. */
function folderLines({ translate }: Session, reports: readonly LoadReport[]): string[] {
  const head = [
    translate('terminal.head.mailbox'),
    translate('terminal.head.folder'),
    translate('terminal.head.on-server'),
    translate('terminal.head.loaded'),
    translate('terminal.head.new'),
    translate('terminal.head.held-back'),
    translate('terminal.head.failed'),
  ];
  const rows = reports.flatMap(({ mailboxName, folders }) =>
    folders
      .filter(({ unchanged }) => !unchanged)
      .map(({ path, onServer, loaded, fresh, heldBack, failed }) => [
        ...[mailboxName, path],
        ...[onServer, loaded, fresh, heldBack, failed],
      ]),
  );
  const unchanged = reports.flatMap(({ folders }) => folders.filter((folder) => folder.unchanged)).length;
  return [
    ...table(head, rows),
    ...(unchanged === 0 ? [] : [translate('terminal.load.unchanged', { count: unchanged })]),
  ];
}

/** What is worth a line only where there is some of it. */
function remarkLines({ translate }: Session, sum: (pick: (report: LoadReport) => number) => number): string[] {
  const quarantined = sum((report) => report.quarantined);
  const done = sum(({ effectsDone }) => effectsDone);
  const failed = sum(({ effectsFailed }) => effectsFailed);
  const unexplained = sum((report) => report.unexplained);
  return [
    ...(quarantined === 0 ? [] : [translate('terminal.load.quarantined', { count: quarantined })]),
    ...(done + failed === 0 ? [] : [translate('terminal.load.changes', { done, failed })]),
    ...(failed === 0 ? [] : [translate('terminal.load.changes-failed')]),
    ...(unexplained === 0 ? [] : [translate('terminal.load.unexplained', { count: unexplained })]),
  ];
}

function problemLines({ translate }: Session, reports: readonly LoadReport[]): string[] {
  return reports.flatMap(({ mailboxName, folders, problem }) => [
    ...(problem ? [`${visibleLine(mailboxName)}: ${failureLine(translate, problem)}`] : []),
    ...folders.flatMap((folder) =>
      folder.problem
        ? [`${visibleLine(`${mailboxName}, ${folder.path}`)}: ${failureLine(translate, folder.problem)}`]
        : [],
    ),
  ]);
}
