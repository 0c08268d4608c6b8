import type { Contact, ContactSummary, ContactsState, Phone } from '../../../src-shared/domain/contact.ts';
import type { ContactId, MailboxId } from '../../../src-shared/domain/ids.ts';
import type { Address } from '../../../src-shared/domain/message.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { WireError } from '../../../src-shared/errors/wire.ts';
import type { ReadableDb } from '../process/connection.ts';
import { behind, wantedWords } from '../search/contact-words.ts';

export interface ContactQuestion {
  readonly mailboxIds: readonly MailboxId[];
  readonly query: string;
  readonly from: number;
  readonly limit: number;
}

/** By name. Words lead to the few who have them; without words the list is read along its index. */
export function listContacts(
  db: ReadableDb,
  { mailboxIds, query, from, limit }: ContactQuestion,
): { total: number; contacts: ContactSummary[] } {
  const words = wantedWords(query);
  // What has no letter and no digit is nobody's beginning.
  if (words.length === 0 && query.trim() !== '') return { total: 0, contacts: [] };
  const found = words.map(() => 'AND c.id IN (SELECT contact_id FROM contact_word WHERE word >= ? AND word < ?)');
  const of = (mailboxId: string) => `${mailboxId} IN (SELECT value FROM json_each(?)) ${found.join(' ')}`;
  const asked = [JSON.stringify(mailboxIds), ...words.flatMap((word) => [word, behind(word)])];
  const total =
    db.get<{ n: number }>(`SELECT count(*) AS n FROM contact c WHERE ${of('c.mailbox_id')}`, ...asked)?.n ?? 0;
  // The plus: sorting all of a mailbox for the sake of one page would cost more than passing over the others'.
  const contacts = db.all<ContactSummary>(
    `SELECT c.id, c.mailbox_id AS mailboxId, c.kind, c.name, c.company, coalesce(c.addresses ->> '$[0].address', '') AS address,
       coalesce(c.phones ->> '$[0].number', '') AS phone,
       json_array_length(c.members) AS members
     FROM contact c WHERE ${of('+c.mailbox_id')} ORDER BY c.sort_key, c.id LIMIT ? OFFSET ?`,
    ...[...asked, limit, from],
  );
  return { total, contacts };
}

interface ContactRow extends Omit<Contact, 'addresses' | 'phones' | 'members'> {
  readonly addresses: string;
  readonly phones: string;
  readonly members: string;
}

export function readContact(db: ReadableDb, contactId: ContactId): Contact {
  const row = db.get<ContactRow>(
    `SELECT id, mailbox_id AS mailboxId, kind, name, company, department, job_title AS jobTitle, addresses, phones, members,
       loaded_at AS loadedAt FROM contact WHERE id = ?`,
    contactId,
  );
  if (row === undefined) throw new AppError('contact.gone');
  return {
    ...row,
    addresses: JSON.parse(row.addresses) as Address[],
    phones: JSON.parse(row.phones) as Phone[],
    members: JSON.parse(row.members) as Address[],
  };
}

interface StateRow {
  readonly mailboxId: MailboxId;
  readonly lookedAt: number | null;
  readonly problem: string | null;
}

export function listContactsStates(db: ReadableDb, mailboxIds: readonly MailboxId[]): ContactsState[] {
  const rows = db.all<StateRow>('SELECT mailbox_id AS mailboxId, looked_at AS lookedAt, problem FROM address_book');
  const byId = new Map(rows.map((row) => [row.mailboxId, row]));
  return mailboxIds.map((mailboxId) => {
    const { lookedAt, problem } = byId.get(mailboxId) ?? { lookedAt: null, problem: null };
    return { mailboxId, lookedAt, problem: problem === null ? null : (JSON.parse(problem) as WireError) };
  });
}
