import type { ContactId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ContactPortion, ContactToKeep } from '../api/contacts.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';
import { contactWords, foldName } from '../search/contact-words.ts';

interface Book {
  readonly source: string;
  readonly syncState: string | null;
  readonly round: number;
  readonly lookedAt: number | null;
  readonly problem: string | null;
}

export function readBook(db: ReadableDb, mailboxId: MailboxId): Book | null {
  const columns = 'source, sync_state AS syncState, round, looked_at AS lookedAt, problem';
  return db.get<Book>(`SELECT ${columns} FROM address_book WHERE mailbox_id = ?`, mailboxId) ?? null;
}

interface Followed extends Pick<Book, 'source' | 'syncState'> {
  readonly problem: WireError | null;
}

export function readFollowed(db: ReadableDb, mailboxId: MailboxId): Followed | null {
  const book = readBook(db, mailboxId);
  if (book === null) return null;
  const { source, syncState, problem } = book;
  return { source, syncState, problem: problem === null ? null : (JSON.parse(problem) as WireError) };
}

export function takeContacts(db: WritableDb, portion: ContactPortion): boolean {
  const { mailboxId, source, begins, put, gone, notGiven, syncState, last, at } = portion;
  const problem = portion.problem && JSON.stringify(portion.problem);
  return db.transaction(() => {
    const before = readBook(db, mailboxId);
    const round = (before?.round ?? 0) + (begins ? 1 : 0);
    let changes = 0;
    for (const contact of put) {
      putContact(db, { mailboxId, round, at }, contact);
      changes += 1;
    }
    for (const itemId of gone)
      changes += db.run('DELETE FROM contact WHERE mailbox_id = ? AND item_id = ?', mailboxId, itemId).changes;
    for (const itemId of notGiven)
      db.run('UPDATE contact SET round = ? WHERE mailbox_id = ? AND item_id = ?', round, mailboxId, itemId);
    if (last) changes += db.run('DELETE FROM contact WHERE mailbox_id = ? AND round < ?', mailboxId, round).changes;
    db.run(
      `INSERT INTO address_book (mailbox_id, source, sync_state, round, looked_at, problem)
         VALUES (:mailboxId, :source, :syncState, :round, :at, :problem)
       ON CONFLICT (mailbox_id) DO UPDATE SET source = :source, sync_state = :syncState, round = :round,
         looked_at = coalesce(:at, looked_at), problem = :problem`,
      { mailboxId, source, syncState, round, at: last ? at : null, problem },
    );
    return changes > 0 || before === null || before.problem !== problem || (last && before.lookedAt === null);
  });
}

interface Telling {
  readonly mailboxId: MailboxId;
  readonly round: number;
  readonly at: number;
}

function putContact(db: WritableDb, { mailboxId, round, at }: Telling, contact: ContactToKeep): void {
  const { id: itemId, kind, name, company, department, jobTitle, addresses, phones, members } = contact;
  const { id } = db.get<{ id: ContactId }>(
    `INSERT INTO contact (mailbox_id, item_id, round, sort_key, kind, name, company, department, job_title, addresses, phones,
         members, loaded_at)
       VALUES (:mailboxId, :itemId, :round, :sortKey, :kind, :name, :company, :department, :jobTitle, :addresses, :phones,
         :members, :at)
     ON CONFLICT (mailbox_id, item_id) DO UPDATE SET round = :round, sort_key = :sortKey, kind = :kind, name = :name,
       company = :company, department = :department, job_title = :jobTitle, addresses = :addresses, phones = :phones,
       members = :members, loaded_at = :at
     RETURNING id`,
    {
      ...{ mailboxId, itemId, round, at, kind, name, company, department, jobTitle },
      sortKey: foldName(name || company || (addresses[0]?.address ?? '')),
      addresses: JSON.stringify(addresses),
      phones: JSON.stringify(phones),
      members: JSON.stringify(members),
    },
  ) as { id: ContactId };
  db.run('DELETE FROM contact_word WHERE contact_id = ?', id);
  for (const word of contactWords(contact))
    db.run('INSERT INTO contact_word (word, contact_id) VALUES (?, ?)', word, id);
}

export function keepContactsProblem(db: WritableDb, mailboxId: MailboxId, problem: WireError): void {
  db.run(
    `INSERT INTO address_book (mailbox_id, source, round, problem) VALUES (:mailboxId, '', 0, :problem)
     ON CONFLICT (mailbox_id) DO UPDATE SET problem = :problem`,
    { mailboxId, problem: JSON.stringify(problem) },
  );
}
