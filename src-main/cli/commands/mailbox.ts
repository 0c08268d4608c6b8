import type { Command } from 'commander';
import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import type { ConnectionCheck } from '../../../src-shared/domain/connection-check.ts';
import type { ServerFolder } from '../../../src-shared/domain/folder.ts';
import type { Mailbox } from '../../../src-shared/domain/mailbox.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { fromWire } from '../../../src-shared/errors/wire.ts';
import type { CommandParts } from '../command-parts.ts';
import { findMailbox } from '../find-mailbox.ts';
import { mailboxFileSchema, settingsFrom } from '../mailbox-file.ts';
import { readJson, readSecret } from '../read-input.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

export function addMailboxCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const mailbox = group('mailbox', translate('terminal.mailbox'));
  leaf(mailbox, 'add', translate('terminal.mailbox.add'))
    .requiredOption('--from <file>', translate('terminal.option.from-mailbox'))
    .option('--password-stdin', translate('terminal.option.password-stdin'))
    .action((options: AddOptions, command: Command) => run(command, (session) => addMailbox(session, options)));
  leaf(mailbox, 'list', translate('terminal.mailbox.list')).action((_options, command: Command) =>
    run(command, listMailboxes),
  );
  leaf(mailbox, 'check <name>', translate('terminal.mailbox.check')).action(
    (name: string, _options, command: Command) => run(command, (session) => checkMailbox(session, name)),
  );
  for (const verb of ['enable', 'disable'] as const) {
    leaf(mailbox, `${verb} <name>`, translate(`terminal.mailbox.${verb}`)).action(
      (name: string, _options, command: Command) =>
        run(command, async (session) => {
          const { id } = await findMailbox(session, name);
          const changed = await session.call('mailboxes.setEnabled', { mailboxId: id, enabled: verb === 'enable' });
          session.print(changed, [
            session.translate(`terminal.mailbox.${verb}d`, { name: visibleLine(changed.settings.name) }),
          ]);
        }),
    );
  }
  leaf(mailbox, 'remove <name>', translate('terminal.mailbox.remove'))
    .option('--keep-mail', translate('terminal.option.keep-mail'))
    .action((name: string, { keepMail }: { keepMail?: true }, command: Command) =>
      run(command, async (session) => {
        const { id, settings } = await findMailbox(session, name);
        await session.call('mailboxes.remove', { mailboxId: id, keepMail: keepMail === true });
        session.print({ id }, [session.translate('terminal.mailbox.removed', { name: visibleLine(settings.name) })]);
      }),
    );
}

interface AddOptions {
  readonly from: string;
  readonly passwordStdin?: true;
}

async function addMailbox(session: Session, { from, passwordStdin }: AddOptions): Promise<void> {
  // Two things cannot come through one standard input.
  if (from === '-' && passwordStdin) throw new AppError('input.invalid', { at: '--from -, --password-stdin' });
  const { stdin } = session.terminal;
  const file = await readJson(from, stdin, mailboxFileSchema);
  const detection = await session.call('mailboxes.detect', { address: file.address });
  const { pollMinutes } = await session.call('settings.get', undefined);
  const settings = settingsFrom(file, detection, pollMinutes);
  const needsPassword = settings.incoming.signIn === 'password' || settings.outgoing?.signIn === 'password';
  if (needsPassword && !passwordStdin) throw new AppError('input.invalid', { at: '--password-stdin' });
  const password = passwordStdin ? await readSecret(stdin) : '';
  const draft: MailboxDraft = { settings, password, outgoingPassword: null, mailboxId: null };

  const check = await session.call('mailboxes.check', { draft });
  for (const line of stepLines(session, check)) session.note(line);
  const failed = check.steps.find(({ problem }) => problem !== null)?.problem;
  if (failed) throw fromWire(failed);
  const folders = tick(await session.call('mailboxes.listServerFolders', { draft }), file.folders);
  const ticked = folders.filter(({ selected }) => selected).map(({ path }) => path);
  const period = settings.loading.firstLoadPeriod;
  const preview = await session.call('mailboxes.previewLoad', { draft, folders: ticked, period });
  session.note(session.translate('terminal.mailbox.preview', { count: preview.toLoad, folders: ticked.length }));
  const added = await session.call('mailboxes.add', { draft, folders, learnProviderId: null });
  session.print(added, [session.translate('terminal.mailbox.added', { name: visibleLine(added.settings.name) })]);
}

/** Ticks the wished folders, or the inbox. Throws `folder.gone` for one that the server does not list. */
function tick(listed: readonly ServerFolder[], wished: readonly string[] | undefined) {
  const missing = wished?.find((path) => !listed.some((folder) => folder.path === path && folder.selectable));
  if (missing !== undefined) throw new AppError('folder.gone', { folder: missing });
  return listed.map((folder) => ({
    ...folder,
    selected: wished ? wished.includes(folder.path) : folder.role === 'inbox',
  }));
}

async function listMailboxes(session: Session): Promise<void> {
  const mailboxes = await session.call('mailboxes.list', undefined);
  const status = await session.call('loading.status', undefined);
  const { translate } = session;
  const row = ({ id, enabled, settings }: Mailbox) => {
    const phase = status.find(({ mailboxId }) => mailboxId === id);
    const state = enabled ? translate('terminal.mailbox.state.on') : translate('terminal.mailbox.state.off');
    return [
      settings.name,
      settings.address,
      `${settings.incoming.host}:${settings.incoming.port}`,
      settings.collectsTickets ? translate('terminal.yes') : translate('terminal.no'),
      phase?.problem ? failureLine(translate, phase.problem) : state,
    ];
  };
  const head = [
    translate('terminal.head.name'),
    translate('terminal.head.address'),
    translate('terminal.head.server'),
    translate('terminal.head.collects'),
    translate('terminal.head.state'),
  ];
  session.print(
    mailboxes,
    mailboxes.length > 0 ? table(head, mailboxes.map(row)) : [translate('terminal.mailbox.none')],
  );
}

async function checkMailbox(session: Session, name: string): Promise<void> {
  const { id, settings } = await findMailbox(session, name);
  const draft = { settings, password: null, outgoingPassword: null, mailboxId: id };
  const check = await session.call('mailboxes.check', { draft });
  session.print(check, stepLines(session, check));
  if (!check.ok) session.markFailed();
}

function stepLines({ translate }: Session, { steps, certificate }: ConnectionCheck): string[] {
  const rows = steps.map(({ name, milliseconds, seen, problem }) => [
    translate(`terminal.step.${name}`),
    translate('terminal.milliseconds', { count: Math.round(milliseconds) }),
    problem ? failureLine(translate, problem) : `${translate('terminal.ok')} ${seen}`,
  ]);
  const head = [translate('terminal.head.step'), translate('terminal.head.time'), translate('terminal.head.outcome')];
  const lines = table(head, rows);
  if (certificate) lines.push(translate('terminal.mailbox.certificate', { sha256: certificate.sha256 }));
  return lines;
}
