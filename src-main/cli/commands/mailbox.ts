import type { Command } from 'commander';
import type { AppContract } from '../../../src-shared/contract/contract.ts';
import type { Input } from '../../../src-shared/contract/define-contract.ts';
import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { isLoadedUnasked, type ServerFolder } from '../../../src-shared/domain/folder.ts';
import { type Mailbox, type MailboxSettings, touchesServer } from '../../../src-shared/domain/mailbox.ts';
import { isReceiving, mainServerOf, receives } from '../../../src-shared/domain/mailbox-directions.ts';
import { type MailboxHealth, mailboxHealth } from '../../../src-shared/domain/mailbox-health.ts';
import { sendingHealth } from '../../../src-shared/domain/sending-health.ts';
import type { Instant } from '../../../src-shared/domain/time.ts';
import { resolveTypedFolders } from '../../../src-shared/domain/typed-folders.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { fromWire, type WireError } from '../../../src-shared/errors/wire.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';
import { checkLines } from '../check-lines.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { lookLines } from '../look-lines.ts';
import { type MailboxFile, mailboxFileSchema } from '../mailbox-file.ts';
import { settingsFrom } from '../mailbox-file-settings.ts';
import { readJson } from '../read-input.ts';
import { failureLine } from '../report-failure.ts';
import type { Session } from '../session.ts';
import { spellTargets } from '../spell-targets.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';
import { type CheckCommandOptions, checkMailbox } from './mailbox-check.ts';
import { lookAtMailbox, type SetOptions, setMailbox } from './mailbox-set.ts';
import { readSignIn, refuseSecondStdin, type SecretOptions, signInMailbox } from './mailbox-sign-in.ts';
import { addSwitchCommands } from './mailbox-switch.ts';

export function addMailboxCommands(_root: Command, parts: CommandParts): void {
  const { group, leaf, run, translate } = parts;
  const mailbox = group('mailbox', translate('terminal.mailbox'));
  leaf(mailbox, 'add', translate('terminal.mailbox.add'))
    .requiredOption('--from <file>', translate('terminal.option.from-mailbox'))
    .option('--password-stdin', translate('terminal.option.password-stdin'))
    .option('--client-secret-stdin', translate('terminal.option.client-secret-stdin'))
    .option('--confirm', translate('terminal.option.confirm'))
    .action((options: AddOptions, command: Command) => run(command, (session) => addMailbox(session, options)));
  leaf(mailbox, 'list', translate('terminal.mailbox.list')).action((_options, command: Command) =>
    run(command, listMailboxes),
  );
  leaf(mailbox, 'look <name>', translate('terminal.mailbox.look')).action((name: string, _options, command: Command) =>
    run(command, (session) => lookAtMailbox(session, name)),
  );
  leaf(mailbox, 'set <name>', translate('terminal.mailbox.set'))
    .requiredOption('--from <file>', translate('terminal.option.from-changes'))
    .option('--confirm', translate('terminal.option.confirm'))
    .action((name: string, options: SetOptions, command: Command) =>
      run(command, (session) => setMailbox(session, name, options)),
    );
  leaf(mailbox, 'sign-in <name>', translate('terminal.mailbox.sign-in'))
    .option('--client-secret-stdin', translate('terminal.option.client-secret-stdin'))
    .action((name: string, options: SecretOptions, command: Command) =>
      run(command, (session) => signInMailbox(session, name, options)),
    );
  leaf(mailbox, 'check <name>', translate('terminal.mailbox.check'))
    .option('--write-flag', translate('terminal.option.write-flag'))
    .option('--test-letter', translate('terminal.option.test-letter'))
    .option('--report', translate('terminal.option.report'))
    .action((name: string, options: CheckCommandOptions, command: Command) =>
      run(command, (session) => checkMailbox(session, name, options)),
    );
  leaf(mailbox, 'test-letter <name>', translate('terminal.mailbox.test-letter')).action(
    (name: string, _options, command: Command) =>
      run(command, (session) => checkMailbox(session, name, { testLetter: true })),
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
  addSwitchCommands(mailbox, parts);
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

interface AddOptions extends SecretOptions {
  readonly from: string;
  readonly confirm?: true;
}

async function addMailbox(session: Session, { from, confirm, ...secrets }: AddOptions): Promise<void> {
  refuseSecondStdin([
    from === '-' && '--from -',
    secrets.passwordStdin && '--password-stdin',
    secrets.clientSecretStdin && '--client-secret-stdin',
  ]);
  const file = await readJson(from, session.terminal.stdin, mailboxFileSchema);
  const detection = await session.call('mailboxes.detect', { address: file.address });
  const settings = await withAnswerer(session, settingsFrom(file, detection), file.answeredBy);
  const asGiven = await readSignIn(session, settings, secrets);

  const check = await session.call('mailboxes.check', { draft: asGiven });
  for (const line of checkLines(session.translate, check)) session.note(line);
  const failed = check.steps.find(({ problem }) => problem !== null)?.problem;
  if (failed) throw fromWire(failed);
  if (!receives(settings)) return keep(session, { draft: asGiven, folders: [], confirmed: false });
  const listed = await session.call('mailboxes.listServerFolders', { draft: asGiven });
  const folders = tick(listed, file.folders);
  const afterwards = spellTargets(settings.afterwards, listed);
  const draft: MailboxDraft = { ...asGiven, settings: { ...settings, afterwards } };
  const ticked = folders.filter(({ selected }) => selected).map(({ path }) => path);
  const look = await session.call('mailboxes.look', { draft, folders: ticked });
  for (const line of lookLines(look, session.translate)) session.note(line);
  if (touchesServer(settings) && !confirm) session.note(session.translate('terminal.mailbox.confirm-hint'));
  await keep(session, { draft, folders, confirmed: confirm === true });
}

type Kept = Omit<Input<AppContract, 'mailboxes.add'>, 'learnProviderId'>;

async function keep(session: Session, mailbox: Kept): Promise<void> {
  const added = await session.call('mailboxes.add', { ...mailbox, learnProviderId: null });
  session.print(added, [session.translate('terminal.mailbox.added', { name: visibleLine(added.settings.name) })]);
}

/** Throws `mailbox.unknown`, and `input.invalid` where the mailbox sends its answers itself. */
async function withAnswerer(session: Session, settings: MailboxSettings, name: string | undefined) {
  if (name === undefined) return settings;
  if (settings.outgoing !== null) throw new AppError('input.invalid', { at: 'answeredBy' });
  return { ...settings, answeredBy: (await findMailbox(session, name)).id };
}

/** Ticks the wished folders, or the inbox. Throws `folder.gone` for one that the server does not list. */
function tick(listed: readonly ServerFolder[], wished: MailboxFile['folders']) {
  const ticked = (isTicked: (folder: ServerFolder) => boolean) =>
    listed.map((folder) => ({ ...folder, selected: isTicked(folder) }));
  if (wished === undefined) return ticked(({ role }) => role === 'inbox');
  if (wished === 'all') return ticked(isLoadedUnasked);
  const resolved = wished.map((text) => resolveTypedFolders(text, listed));
  const missing = resolved.flatMap(({ unknown }) => unknown)[0];
  if (missing !== undefined) throw new AppError('folder.gone', { folder: missing });
  const found = new Set(resolved.flatMap((one) => one.found));
  return ticked(({ path }) => found.has(path));
}

async function listMailboxes(session: Session): Promise<void> {
  const mailboxes = await session.call('mailboxes.list', undefined);
  const status = await session.call('loading.status', undefined);
  const waiting = mailboxes.every(isReceiving)
    ? []
    : await session.call('outbox.list', { states: ['queued'], limit: 500 });
  const { translate } = session;
  const withHealth = mailboxes.map((mailbox) => {
    const progress = status.find(({ mailboxId }) => mailboxId === mailbox.id) ?? null;
    const { health, since, why } = isReceiving(mailbox)
      ? mailboxHealth(byHand(mailbox), progress, Date.now())
      : sendingHealth(mailbox, waiting);
    const lastLoadedAt = progress?.lastLoadedAt ?? null;
    return { ...mailbox, health: { state: health, since, why, lastLoadedAt } };
  });
  const head = [
    translate('terminal.head.name'),
    translate('terminal.head.address'),
    translate('terminal.head.server'),
    translate('terminal.head.collects'),
    translate('terminal.head.state'),
  ];
  const rows = withHealth.map(({ settings, health }) => [
    settings.name,
    settings.address,
    serverWords(settings, translate),
    receives(settings) && settings.collectsTickets ? translate('terminal.yes') : translate('terminal.no'),
    healthWords(health, receives(settings), translate),
  ]);
  session.print(withHealth, rows.length > 0 ? table(head, rows) : [translate('terminal.mailbox.none')]);
}

/** Where letters come from; of a mailbox that only sends, where they go and that it does. */
function serverWords(settings: MailboxSettings, translate: Translate): string {
  const { host, port } = mainServerOf(settings);
  const server = `${host}:${port}`;
  return receives(settings) ? server : translate('terminal.mailbox.only-sends', { server });
}

/** No next attempt comes by itself in a terminal, so a failure is said at once. */
function byHand(mailbox: Mailbox): Mailbox {
  const { settings } = mailbox;
  return { ...mailbox, settings: { ...settings, loading: { ...settings.loading, automatic: false } } };
}

interface HealthSeen {
  readonly state: MailboxHealth;
  readonly since: Instant | null;
  readonly why: WireError | null;
  readonly lastLoadedAt: Instant | null;
}

/** How it is, since when and why; where all is well, when it was loaded last. */
function healthWords({ state, since, why, lastLoadedAt }: HealthSeen, loads: boolean, translate: Translate): string {
  const health = translate(`health.${state}`);
  if (why !== null) {
    const reason = failureLine(translate, why);
    return since === null
      ? translate('terminal.mailbox.health-why', { health, why: reason })
      : translate('terminal.mailbox.health-since', { health, since: shortDate(since), why: reason });
  }
  if (state === 'disabled' || !loads) return health;
  return lastLoadedAt === null
    ? translate('terminal.mailbox.never-loaded', { health })
    : translate('terminal.mailbox.loaded-at', { health, at: shortDate(lastLoadedAt) });
}
