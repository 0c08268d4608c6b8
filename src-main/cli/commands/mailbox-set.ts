import type { MailboxDraft } from '../../../src-shared/contract/mailboxes.ts';
import { type Folder, isLoadedUnasked } from '../../../src-shared/domain/folder.ts';
import type { FolderId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { LoadLook } from '../../../src-shared/domain/loading.ts';
import { type Mailbox, type MailboxSettings, touchesMore, touchesServer } from '../../../src-shared/domain/mailbox.ts';
import { resolveTypedFolders } from '../../../src-shared/domain/typed-folders.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import { findMailbox } from '../find-mailbox.ts';
import { lookLines } from '../look-lines.ts';
import { changedSettings, changesLoading, type MailboxChanges, mailboxChangesSchema } from '../mailbox-changes.ts';
import { readJson } from '../read-input.ts';
import type { Session } from '../session.ts';
import { spellTargets } from '../spell-targets.ts';
import { visibleLine } from '../visible-text.ts';

/** What loading would do now with the settings as they are. */
export async function lookAtMailbox(session: Session, name: string): Promise<void> {
  const { id, settings } = await findMailbox(session, name);
  const ticked = await session.call('folders.list', { mailboxId: id });
  const look = await lookWith(session, draftOf(id, settings), ticked.filter(({ selected }) => selected).map(pathOf));
  session.print(look, lookLines(look, session.translate));
}

export interface SetOptions {
  readonly from: string;
  readonly confirm?: true;
}

/** Looks with the new settings, says what it saw, and saves both settings and ticks, or neither. */
export async function setMailbox(session: Session, name: string, { from, confirm }: SetOptions): Promise<void> {
  const changes = await readJson(from, session.terminal.stdin, mailboxChangesSchema);
  const mailbox = await findMailbox(session, name);
  const folders = await ticksFor(session, mailbox.id, changes.folders);
  const settings = changedSettings(mailbox.settings, withTargets(changes, folders.known));
  const draft = draftOf(mailbox.id, settings);
  const confirmed = confirm === true;
  if (changesLoading(changes)) {
    const look = await lookWith(session, draft, folders.ticked.map(pathOf));
    for (const line of lookLines(look, session.translate)) session.note(line);
  }
  // Asked before the first of the two calls: else the settings could be saved and the ticks refused.
  const more = touchesMore(mailbox.settings, settings) || (touchesServer(settings) && folders.more);
  if (more && !confirmed) {
    session.note(session.translate('terminal.mailbox.confirm-hint'));
    throw new AppError('mailbox.not-confirmed');
  }
  const changed = await session.call('mailboxes.update', { draft, confirmed });
  if (folders.chosen !== null)
    await session.call('folders.select', { mailboxId: mailbox.id, selected: folders.chosen, confirmed });
  session.print(changed, [session.translate('terminal.mailbox.changed', { name: visibleLine(changed.settings.name) })]);
}

function draftOf(mailboxId: MailboxId, settings: MailboxSettings): MailboxDraft {
  return { settings, password: null, outgoingPassword: null, mailboxId };
}

const pathOf = ({ path }: Pick<Folder, 'path'>) => path;

/** Where all folders are loaded, those that the server has and the console has not seen yet are counted as well. */
async function lookWith(session: Session, draft: MailboxDraft, ticked: readonly string[]): Promise<LoadLook> {
  const paths = new Set(ticked);
  if (draft.settings.loading.folders === 'all') {
    const listed = await session.call('mailboxes.listServerFolders', { draft });
    for (const folder of listed) if (isLoadedUnasked(folder)) paths.add(folder.path);
  }
  return session.call('mailboxes.look', { draft, folders: [...paths] });
}

function withTargets(changes: MailboxChanges, known: readonly Folder[]): MailboxChanges {
  const { afterwards } = changes;
  return afterwards === undefined ? changes : { ...changes, afterwards: spellTargets(afterwards, known) };
}

interface Ticks {
  readonly known: readonly Folder[];
  readonly ticked: readonly Folder[];
  /** Null: they stay as they are. */
  readonly chosen: FolderId[] | null;
  /** Some are ticked that were not. */
  readonly more: boolean;
}

async function ticksFor(session: Session, mailboxId: Mailbox['id'], wished: MailboxChanges['folders']): Promise<Ticks> {
  const known = await session.call('folders.list', { mailboxId });
  if (wished === undefined || wished === 'all')
    return { known, ticked: known.filter(({ selected }) => selected), chosen: null, more: false };
  // A folder that was made since the last listing is known to the server only.
  const folders =
    resolve(wished, known).unknown.length === 0 ? known : await session.call('folders.refresh', { mailboxId });
  const { found, unknown } = resolve(wished, folders);
  if (unknown[0] !== undefined) throw new AppError('folder.gone', { folder: unknown[0] });
  const ticked = folders.filter(({ path }) => found.has(path));
  return { known: folders, ticked, chosen: ticked.map(({ id }) => id), more: ticked.some(({ selected }) => !selected) };
}

/** Each as the server has it, or typed with `/` or `\` between its levels (R21–R25). */
function resolve(wished: readonly string[], folders: readonly Folder[]) {
  const resolved = wished.map((text) => resolveTypedFolders(text, folders));
  return {
    found: new Set(resolved.flatMap(({ found }) => found)),
    unknown: resolved.flatMap(({ unknown }) => unknown),
  };
}
