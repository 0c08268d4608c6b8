import type { Command } from 'commander';
import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { mainServerOf } from '../../../src-shared/domain/mailbox-directions.ts';
import {
  connectionOf,
  type FolderTrial,
  isStrange,
  type MailboxSwitch,
} from '../../../src-shared/domain/mailbox-switch.ts';
import type { Translate } from '../../../src-shared/i18n/i18n.ts';
import { checkLines } from '../check-lines.ts';
import type { CommandParts } from '../command-parts.ts';
import { shortDate } from '../dates.ts';
import { findMailbox } from '../find-mailbox.ts';
import { mailboxFileSchema } from '../mailbox-file.ts';
import { settingsFrom } from '../mailbox-file-settings.ts';
import { readJson } from '../read-input.ts';
import type { Session } from '../session.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';
import { type SecretOptions, signedIn, typedSecrets } from './mailbox-sign-in.ts';

interface PrepareOptions extends SecretOptions {
  readonly from: string;
}

interface ConfirmOptions {
  readonly confirm?: true;
}

/** Servers and sign-in as in the file of a new mailbox. */
export const connectionFileSchema = mailboxFileSchema.pick({ incoming: true, outgoing: true, oauth: true });

export function addSwitchCommands(mailbox: Command, { leaf, run, translate }: CommandParts): void {
  const group = mailbox.command('switch').description(translate('terminal.switch'));
  leaf(group, 'prepare <name>', translate('terminal.switch.prepare'))
    .requiredOption('--from <file>', translate('terminal.option.from-connection'))
    .option('--password-stdin', translate('terminal.option.password-stdin'))
    .option('--client-secret-stdin', translate('terminal.option.client-secret-stdin'))
    .action((name: string, options: PrepareOptions, command: Command) =>
      run(command, (session) => prepare(session, name, options)),
    );
  leaf(group, 'try <name>', translate('terminal.switch.try')).action((name: string, _options, command: Command) =>
    run(command, (session) => tryIt(session, name)),
  );
  for (const verb of ['apply', 'back'] as const)
    leaf(group, `${verb} <name>`, translate(`terminal.switch.${verb}`))
      .option('--confirm', translate('terminal.option.confirm'))
      .action((name: string, options: ConfirmOptions, command: Command) =>
        run(command, (session) => exchange(session, name, verb, options)),
      );
  leaf(group, 'drop <name>', translate('terminal.switch.drop')).action((name: string, _options, command: Command) =>
    run(command, async (session) => {
      const { id: mailboxId, settings } = await findMailbox(session, name);
      await session.call('switches.drop', { mailboxId });
      session.print({ mailboxId }, [translate('terminal.switch.dropped', { name: visibleLine(settings.name) })]);
    }),
  );
}

/** Signed in and checked beside the running connection, which goes on. */
async function prepare(session: Session, name: string, { from, ...secrets }: PrepareOptions): Promise<void> {
  const { translate } = session;
  const file = await readJson(from, session.terminal.stdin, connectionFileSchema);
  const { id: mailboxId, settings } = await findMailbox(session, name);
  const { address } = settings;
  const detection = await session.call('mailboxes.detect', { address });
  const given = settingsFrom(mailboxFileSchema.parse({ ...file, address }), detection);
  const typed = await typedSecrets(session, from, secrets);
  const draft: MailboxDraft = { ...typed, settings: { ...settings, ...connectionOf(given) }, mailboxId };
  const byPerson = given.oauth?.flow === 'interactive';
  const prepared = await session.call('switches.prepare', { draft: byPerson ? await signedIn(session, draft) : draft });
  const check = await session.call('switches.check', { mailboxId });
  for (const line of checkLines(translate, check)) session.note(line);
  if (!check.ok) session.markFailed();
  session.print(prepared, [translate('terminal.switch.prepared', { name: visibleLine(settings.name) })]);
}

async function tryIt(session: Session, name: string): Promise<void> {
  const { id: mailboxId } = await findMailbox(session, name);
  const tried = await session.call('switches.try', { mailboxId });
  session.print(tried, trialLines(session.translate, tried.trial?.folders ?? []));
}

function trialLines(translate: Translate, folders: readonly FolderTrial[]): string[] {
  const columns = ['folder', 'here', 'loaded', 'there', 'known'] as const;
  const number = (n: number | null) => n ?? '—';
  const rows = folders.map(({ path, pathThere, here, loaded, there, sampled, same, alike }) => [
    pathThere === null || pathThere === path ? path : `${path} → ${pathThere}`,
    number(here),
    loaded,
    pathThere === null ? translate('terminal.switch.not-there') : number(there),
    translate('terminal.switch.known', { same, alike, sampled }),
  ]);
  const heads = columns.map((column) => translate(`terminal.switch.column.${column}`));
  const strange = folders.filter(isStrange).map(({ path }) => visibleLine(path));
  const warning = strange.length === 0 ? [] : [translate('switch.strange', { folders: strange.join(', ') })];
  return [...table(heads, rows), translate('terminal.switch.compared'), ...warning];
}

async function exchange(
  session: Session,
  name: string,
  verb: 'apply' | 'back',
  { confirm }: ConfirmOptions,
): Promise<void> {
  const { translate } = session;
  const { id: mailboxId } = await findMailbox(session, name);
  const mailbox = await session.call(`switches.${verb}`, { mailboxId, confirmed: confirm === true });
  const kept = (await session.call('switches.list', undefined)).find((one) => one.mailboxId === mailboxId);
  const { host, port } = mainServerOf(mailbox.settings);
  const shown = { name: visibleLine(mailbox.settings.name), server: `${host}:${port}` };
  session.print(mailbox, [translate('terminal.switch.done', shown), ...wayBackLine(translate, kept)]);
}

function wayBackLine(translate: Translate, kept: MailboxSwitch | undefined): string[] {
  return kept?.keepUntil ? [translate('terminal.switch.way-back', { until: shortDate(kept.keepUntil) })] : [];
}
