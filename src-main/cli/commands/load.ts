import type { Command } from 'commander';
import type { LoadReport } from '../../../src-shared/domain/loading.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import type { CommandParts } from '../command-parts.ts';
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

/** One pass, with its progress on standard error; a mailbox or folder that failed makes the command fail. */
export async function load(session: Session, mailboxes: readonly Mailbox[] | null): Promise<readonly LoadReport[]> {
  sayProgress(session, await session.call('mailboxes.list', undefined));
  const mailboxIds = mailboxes?.map(({ id }) => id) ?? null;
  const reports = await session.call('loading.run', { mailboxIds });
  if (reports.some((report) => report.problem || report.folders.some(({ problem }) => problem))) session.markFailed();
  return reports;
}

/** Between two lines of one folder: enough to see that it goes on, few enough to read in a log. */
const progressEveryMs = 1000;

function sayProgress(session: Session, mailboxes: readonly Mailbox[]): void {
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
  const head = [
    translate('terminal.head.mailbox'),
    translate('terminal.head.folder'),
    translate('terminal.head.on-server'),
    translate('terminal.head.loaded'),
    translate('terminal.head.new'),
    translate('terminal.head.failed'),
  ];
  const rows = reports.flatMap(({ mailboxName, folders }) =>
    folders.map(({ path, onServer, loaded, fresh, failed }) => [mailboxName, path, onServer, loaded, fresh, failed]),
  );
  const sum = (pick: (report: LoadReport) => number) => reports.reduce((total, report) => total + pick(report), 0);
  const problems = reports.flatMap(({ mailboxName, folders, problem }) => [
    ...(problem ? [`${visibleLine(mailboxName)}: ${failureLine(translate, problem)}`] : []),
    ...folders.flatMap((folder) =>
      folder.problem
        ? [`${visibleLine(`${mailboxName}, ${folder.path}`)}: ${failureLine(translate, folder.problem)}`]
        : [],
    ),
  ]);
  return [
    ...table(head, rows),
    translate('terminal.load.tickets', {
      created: sum(({ ticketsCreated }) => ticketsCreated),
      appended: sum(({ ticketsAppended }) => ticketsAppended),
    }),
    ...problems,
  ];
}
