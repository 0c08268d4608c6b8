import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface MaildirLetter {
  readonly raw: Buffer | string;
  /** Becomes INTERNALDATE (the file's time); now when left out. */
  readonly receivedAt?: Date;
  /** Maildir letters: S seen, R answered, F flagged, T deleted, D draft. */
  readonly flags?: string;
}

/** Where the mail lies: a Dovecot of startDovecot, or its folder alone. */
export interface MaildirTarget {
  readonly dir: string;
}

/**
 * Writes letters as files where Dovecot finds them at the next look: thousands a second, with no protocol between.
 * They get rising UIDs in the order given. `folder` as over IMAP: `INBOX`, `Projects/Rennes`, `Заявки`.
 */
export function fillMaildir(
  target: MaildirTarget,
  user: string,
  folder: string,
  letters: Iterable<MaildirLetter>,
): number {
  const box = maildirOf(target, user, folder);
  const owner = statSync(join(target.dir, 'mail'));
  const own = (path: string): void => chownSync(path, owner.uid, owner.gid);
  const make = (path: string): void => {
    if (existsSync(path)) return;
    make(dirname(path));
    // Dovecot makes it too, as somebody signs in.
    mkdirSync(path, { recursive: true });
    own(path);
  };
  for (const part of ['cur', 'new', 'tmp']) make(join(box, part));
  const call = `${Math.floor(Date.now() / 1000)}.M${String(Date.now() % 1000).padStart(3, '0')}000`;
  const unique = randomBytes(4).toString('hex');
  let count = 0;
  for (const { raw, receivedAt, flags = '' } of letters) {
    count += 1;
    // Dovecot numbers new files in the order of their names; S= saves it a stat of each.
    const name = `${call}Q${String(count).padStart(7, '0')}R${unique}.mailroom,S=${Buffer.byteLength(raw)}:2,${flags}`;
    const path = join(box, 'cur', name);
    writeFileSync(path, raw);
    if (receivedAt !== undefined) utimesSync(path, receivedAt, receivedAt);
    own(path);
  }
  return count;
}

/** Where the letters of a folder lie, with what Dovecot keeps beside them. */
export function maildirOf({ dir }: MaildirTarget, user: string, folder: string): string {
  const root = join(dir, 'mail', localPart(user), 'Maildir');
  return folder.toUpperCase() === 'INBOX' ? root : join(root, directoryOf(folder));
}

/** scripts/dovecot.sh drops the domain and folds case (`auth_username_format = %Ln`). */
function localPart(user: string): string {
  return (user.split('@')[0] ?? user).toLowerCase();
}

/** Maildir++: one flat directory for each folder, its parts joined by dots, in modified UTF-7 (RFC 3501, 5.1.3). */
function directoryOf(folder: string): string {
  if (folder.includes('.')) throw new Error(`Maildir cannot hold a folder with a dot: ${folder}`);
  return `.${folder.split('/').map(toModifiedUtf7).join('.')}`;
}

function toModifiedUtf7(text: string): string {
  return text.replaceAll('&', '&-').replace(/[^\x20-\x7e]+/g, (run) => {
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `&${bytes.toString('base64').replaceAll('=', '').replaceAll('/', ',')}-`;
  });
}
