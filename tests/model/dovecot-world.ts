import { createHash } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { deliver } from '../support/deliver.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { fillMaildir } from '../support/fill-maildir.ts';
import { type Arrival, type Change, type ChangeOfOne, type CopyId, contentKey, placeKey } from './changes.ts';
import { arrivalOf, letterBytes, serialOf } from './letters.ts';
import { createRegister } from './register.ts';
import { allFolders, modelMailboxes } from './scope.ts';
import { forgetNumbers, noSession, openServerSession } from './server-session.ts';
import type { FolderView, ModelServer, World } from './world.ts';

/** A real Dovecot, over IMAP or POP3; `run` begins the names of the run's users. */
export function dovecotServer(dovecot: Dovecot, run: string, protocol: 'imap' | 'pop3' = 'imap'): ModelServer {
  const mailboxes = modelMailboxes(run, protocol);
  const users = mailboxes.map(({ user }) => user);
  const port = protocol === 'imap' ? dovecot.imapPort : dovecot.pop3Port;
  return { mailboxes, port, open: () => openWorld(dovecot, users) };
}

async function openWorld(dovecot: Dovecot, users: readonly string[]): Promise<World> {
  const sessions = new Map<string, ImapFlow>();
  for (const user of users) sessions.set(user, await openServerSession(dovecot.imapPort, user, allFolders));
  const register = createRegister();
  const contents = new Map<string, string>();

  const session = (user: string): ImapFlow => {
    const found = sessions.get(user);
    if (found === undefined) throw new Error(`no user ${user}`);
    return found;
  };
  const select = async (user: string, folder: string, readOnly = false): Promise<ImapFlow> => {
    const open = session(user);
    // Without this an open folder is taken for current, whatever came to it since.
    if (open.mailbox) await open.mailboxClose();
    await open.mailboxOpen(folder, { readOnly });
    return open;
  };
  const keep = (user: string, serial: number, raw: Uint8Array): void => {
    const digest = createHash('sha256').update(raw).digest('hex');
    const key = contentKey(user, serial);
    const before = contents.get(key);
    if (before !== undefined && before !== digest) throw new Error(`${key} has two contents on the server`);
    contents.set(key, digest);
  };
  /** Finds the numbers of letters that were put there, and their bytes. */
  const learn = async (user: string, folder: string): Promise<void> => {
    const place = register.place(user, folder);
    if (place.waiting.size === 0) return;
    const open = await select(user, folder, true);
    if (open.mailbox && open.mailbox.exists === 0) return;
    const news = { uid: true, source: true } as const;
    for await (const { uid, source } of open.fetch(`${place.highest + 1}:*`, news, { uid: true })) {
      if (uid <= place.highest || source === undefined) continue;
      const serial = serialOf(source);
      keep(user, serial, source);
      register.arrived(user, folder, { uid, serial });
    }
  };
  const at = async (copy: CopyId): Promise<{ readonly open: ImapFlow; readonly uid: string } | null> => {
    const { user, folder } = register.lodging(copy);
    await learn(user, folder);
    const known = register.uidOf(copy);
    if (known === null) return null;
    const uid = String(known);
    const open = await select(user, folder);
    const there = open.mailbox && open.mailbox.exists > 0 && (await open.fetchOne(uid, { uid: true }, { uid: true }));
    return there ? { open, uid } : null;
  };

  const arrive = async (how: 'lmtp' | 'append' | 'maildir', letters: readonly Arrival[]): Promise<void> => {
    const places = new Map<string, { user: string; folder: string }>();
    for (const { letter, places: to } of letters) {
      const raw = letterBytes(letter);
      if (how === 'lmtp') await deliver(dovecot, [...new Set(to.map(({ user }) => user))], raw);
      for (const { copy, user, folder } of to) {
        if (how === 'append') await session(user).append(folder, raw, [], arrivalOf(letter.serial));
        if (how === 'maildir') fillMaildir(dovecot, user, folder, [{ raw, receivedAt: arrivalOf(letter.serial) }]);
        register.expect(copy, { user, folder, serial: letter.serial });
        places.set(placeKey(user, folder), { user, folder });
      }
    }
    for (const { user, folder } of places.values()) await learn(user, folder);
  };

  const renumber = async (user: string, folder: string, how: 'uidlist' | 'recreated'): Promise<void> => {
    await learn(user, folder);
    if (how === 'recreated') await recreate(await select(user, folder, true), folder);
    else {
      // Dovecot's processes remember a folder's numbers for as long as they live.
      await session(user).logout();
      await noSession(dovecot, user);
      forgetNumbers(dovecot.dir, user, folder);
      sessions.set(user, await openServerSession(dovecot.imapPort, user, allFolders));
    }
    register.renumbered(user, folder);
    await learn(user, folder);
    register.settled(user, folder);
  };

  /** Of one letter that is there. */
  const applyTo = async (open: ImapFlow, uid: string, change: ChangeOfOne): Promise<void> => {
    switch (change.kind) {
      case 'copy': {
        await open.messageCopy(uid, change.folder, { uid: true });
        const { user, serial } = register.lodging(change.from);
        register.expect(change.copy, { user, folder: change.folder, serial });
        return learn(user, change.folder);
      }
      case 'move': {
        await open.messageMove(uid, change.folder, { uid: true });
        const { user, serial } = register.lodging(change.copy);
        register.forget(change.copy);
        register.expect(change.copy, { user, folder: change.folder, serial });
        return learn(user, change.folder);
      }
      case 'delete':
        await open.messageDelete(uid, { uid: true });
        return register.forget(change.copy);
      case 'flag':
        if (change.set) await open.messageFlagsAdd(uid, [change.flag], { uid: true });
        else await open.messageFlagsRemove(uid, [change.flag], { uid: true });
    }
  };

  const apply = async (change: Change): Promise<boolean> => {
    if (change.kind === 'arrive') await arrive(change.how, change.letters);
    else if (change.kind === 'renumber') await renumber(change.user, change.folder, change.how);
    else {
      const found = await at(change.kind === 'copy' ? change.from : change.copy);
      if (found === null) return false;
      await applyTo(found.open, found.uid, change);
    }
    return true;
  };

  const view = async (user: string, folder: string): Promise<FolderView> => {
    const place = register.place(user, folder);
    const open = await select(user, folder, true);
    const copies = new Map<CopyId, { seen: boolean; flagged: boolean }>();
    const strange: { uid: number; seen: boolean }[] = [];
    const exists = open.mailbox ? open.mailbox.exists : 0;
    if (exists > 0)
      for await (const { uid, flags } of open.fetch('1:*', { uid: true, flags: true })) {
        const seen = flags?.has('\\Seen') ?? false;
        const copy = place.copies.get(uid);
        if (copy === undefined) strange.push({ uid, seen });
        else copies.set(copy, { seen, flagged: flags?.has('\\Flagged') ?? false });
      }
    const unknown = [];
    for (const { uid, seen } of strange) {
      const letter = await open.fetchOne(String(uid), { source: true }, { uid: true });
      if (letter !== false && letter.source) unknown.push({ uid, seen, serial: serialOf(letter.source) });
    }
    return { user, folder, copies, unknown };
  };

  const applyOrSay = async (change: Change): Promise<boolean> => {
    try {
      return await apply(change);
    } catch (error) {
      const words = (error as { responseText?: string }).responseText ?? '';
      throw new Error(`not done: ${JSON.stringify(change)}: ${words}`, { cause: error });
    }
  };

  return {
    apply: applyOrSay,
    contents,
    async observe() {
      const views: FolderView[] = [];
      for (const user of users) for (const folder of allFolders) views.push(await view(user, folder));
      return views;
    },
    found(copy, { user, folder }, uid) {
      const { serial } = register.lodging(copy);
      register.forget(copy);
      register.expect(copy, { user, folder, serial });
      register.arrived(user, folder, { uid, serial });
    },
    gone: (copy) => register.forget(copy),
    async [Symbol.asyncDispose]() {
      for (const open of sessions.values()) await open.logout().catch(() => open.close());
    },
  };
}

/** The same letters in a new folder of the same name, the last first: other numbers, another UIDVALIDITY. */
async function recreate(open: ImapFlow, folder: string): Promise<void> {
  const letters = [];
  const whole = { uid: true, source: true, flags: true, internalDate: true } as const;
  if (open.mailbox && open.mailbox.exists > 0)
    for await (const letter of open.fetch('1:*', whole)) letters.unshift(letter);
  await open.mailboxClose();
  await open.mailboxDelete(folder);
  await open.mailboxCreate(folder);
  for (const { source, flags, internalDate } of letters) {
    const marks = [...(flags ?? [])].filter((flag) => flag !== '\\Recent');
    if (!source) throw new Error(`no bytes of a letter in ${folder}`);
    await open.append(folder, source, marks, internalDate);
  }
}
