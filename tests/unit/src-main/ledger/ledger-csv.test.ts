import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvField, csvRow, ledgerCsv } from '../../../../src-main/ledger/ledger-csv.ts';
import type {
  EffectId,
  FolderId,
  LedgerEntryId,
  MailboxId,
  MessageId,
  TicketId,
} from '../../../../src-shared/domain/ids.ts';
import type { LedgerEntry, LedgerFilter } from '../../../../src-shared/domain/ledger.ts';
import { openLedgerDesk } from '../../../support/ledger-desk.ts';
import { openTestStore, type TestStore } from '../../../support/open-store.ts';

const at = Date.UTC(2026, 10, 20, 9, 30);
const minute = 60_000;

const waiting: LedgerEntry = {
  id: 1 as LedgerEntryId,
  mailboxId: '5f0c6a3e-0000-4000-8000-000000000001' as MailboxId,
  folderId: 1 as FolderId,
  folderPath: 'INBOX',
  uidValidity: 7,
  uid: 12,
  messageId: null,
  status: 'waiting',
  why: null,
  problem: null,
  from: null,
  subject: '',
  messageIdHeader: '',
  ticketId: null,
  size: null,
  attempts: 0,
  receivedAt: null,
  seenAt: at,
  storedAt: null,
  parsedAt: null,
  ruledAt: null,
  leftAt: null,
  leftHow: null,
  effect: null,
};

const done: LedgerEntry = {
  ...waiting,
  messageId: 5 as MessageId,
  status: 'quarantined',
  why: 'unreadable',
  problem: { code: 'message.parse-timeout', params: {} },
  from: { name: 'Anna Brandt', address: 'anna@customer.example' },
  subject: 'Order 4711',
  messageIdHeader: '<4711@customer.example>',
  ticketId: 33 as TicketId,
  size: 2048,
  attempts: 2,
  storedAt: at + minute,
  parsedAt: at + 2 * minute,
  ruledAt: at + 3 * minute,
  leftAt: at + 4 * minute,
  leftHow: 'moved',
  effect: {
    id: 9 as EffectId,
    kind: 'move',
    target: 'Failed',
    state: 'done',
    plannedAt: at,
    notBefore: at,
    attempts: 1,
    problem: null,
    doneAt: at + 5 * minute,
  },
};

/** RFC 4180, section 2, read strictly: what it does not allow fails. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const from = field.lastIndex;
    const [, written, end] = field.exec(text) ?? [];
    if (written === undefined) throw new Error(`no field at ${from}: ${JSON.stringify(text.slice(from, from + 40))}`);
    rows.at(-1)?.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written);
    if (end !== ',') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('a field', () => {
  test('that needs no quotes has none', () => {
    expect(['Order 4711', "it's", 'Größe', 'Счёт № 5', '', 0, 4711, null].map(csvField)).toEqual([
      ...['Order 4711', "it's", 'Größe', 'Счёт № 5', '', '0', '4711', ''],
    ]);
  });

  test('is quoted where it holds what separates fields or lines, and its quotes are doubled', () => {
    expect(csvField('Brandt, Anna')).toBe('"Brandt, Anna"');
    expect(csvField('Brandt; Anna')).toBe('"Brandt; Anna"');
    expect(csvField('the "new" one')).toBe('"the ""new"" one"');
  });

  test('stays on one line', () => {
    expect(['one\r\ntwo', 'one\ntwo', 'one\rtwo', 'one\ttwo'].map(csvField)).toEqual(Array(4).fill('one two'));
  });
});

describe('what a spreadsheet would compute is text', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '\uff1d1', '\uff0b1', '\uff0d1', '\uff201'])(
    '%j',
    (formula) => {
      expect(csvField(formula)).toBe(`'${formula}`);
    },
  );

  test('also behind blanks and quotes, which some take away', () => {
    expect(csvField('  =1')).toBe("'  =1");
    expect(csvField('\u00a0=1')).toBe("'\u00a0=1");
    expect(csvField('"=1"')).toBe(`"'""=1"""`);
  });

  test('also behind line breaks and tabs at the beginning', () => {
    for (const before of ['\n', '\t', '\r\n', '\r']) expect(csvField(`${before}=1+1`)).toBe("' =1+1");
  });

  test('also where a semicolon ends a field', () => {
    expect(csvField('Invoice;=1; +2;;-3')).toBe(`"Invoice;'=1;' +2;;'-3"`);
    expect(csvField('Invoice;"=1"')).toBe(`"Invoice;'""=1"""`);
  });

  test('and nothing else is touched', () => {
    for (const text of ['a=1', '1-1', 'a b+c', 'anna@customer.example', "'=1"]) expect(csvField(text)).toBe(text);
    expect(csvField('a, =1')).toBe('"a, =1"');
    expect(csvField('a-b; c@d.example')).toBe('"a-b; c@d.example"');
  });

  test('but a number is a number', () => {
    expect(csvField(-5)).toBe('-5');
  });
});

describe('a row', () => {
  test('has all that is known of a letter, times in UTC', () => {
    expect(csvRow(done)).toBe(
      [
        '2026-11-20T09:30:00.000Z,INBOX,12,7,quarantined,unreadable,Anna Brandt,anna@customer.example,Order 4711',
        '<4711@customer.example>,33,2048,2,2026-11-20T09:31:00.000Z,2026-11-20T09:32:00.000Z,2026-11-20T09:33:00.000Z',
        '2026-11-20T09:34:00.000Z,moved,move,done,Failed,2026-11-20T09:35:00.000Z,message.parse-timeout\r\n',
      ].join(','),
    );
  });

  test('is empty where nothing is known yet', () => {
    expect(csvRow(waiting)).toBe(`2026-11-20T09:30:00.000Z,INBOX,12,7,waiting${','.repeat(8)}0${','.repeat(10)}\r\n`);
  });

  test('comes back from whatever a sender wrote, its lines as one', () => {
    const hostile = 'a","b\r\n"c";d,\n,"';
    const entry = { ...done, subject: hostile, from: { name: hostile, address: '"a,b"@customer.example' } };
    const [row, ...others] = readCsv(csvRow(entry));
    expect(others).toEqual([]);
    const shown = hostile.replaceAll(/[\r\n]+/g, ' ');
    expect(row?.slice(6, 9)).toEqual([shown, '"a,b"@customer.example', shown]);
  });

  test('computes nothing, in whichever of its fields foreign text stands', () => {
    const formula = '=HYPERLINK("https://evil.example")';
    const entry: LedgerEntry = {
      ...done,
      folderPath: formula,
      from: { name: formula, address: formula },
      subject: formula,
      messageIdHeader: formula,
      effect: done.effect && { ...done.effect, target: formula },
    };
    const fields = readCsv(csvRow(entry)).flat();
    expect(fields.filter((field) => field === `'${formula}`)).toHaveLength(6);
    expect(fields.filter((field) => field.startsWith('='))).toEqual([]);
  });
});

describe('a ledger as CSV', () => {
  let it: TestStore;
  beforeAll(async () => {
    it = await openTestStore();
  });
  afterAll(() => it[Symbol.asyncDispose]());

  const written = async (filter: Partial<LedgerFilter>) => {
    const pieces: string[] = [];
    let rows = 0;
    const all = { mailboxId: null, folderId: null, statuses: [], query: '', ...filter };
    for await (const piece of ledgerCsv(it.store, all, (more) => (rows += more))) pieces.push(piece);
    return { text: pieces.join(''), rows };
  };

  test('begins with the mark by which Excel knows UTF-8, and the names of the columns', async () => {
    const { mailboxId } = await openLedgerDesk(it.store);
    const { text, rows } = await written({ mailboxId });
    expect(text.startsWith('\uFEFFseen,folder,uid,uidvalidity,status,why,')).toBe(true);
    expect(readCsv(text)).toHaveLength(1);
    expect(rows).toBe(0);
  });

  test('has a name for each field of a row', async () => {
    const desk = await openLedgerDesk(it.store);
    await desk.see([1]);
    const [names, row] = readCsv((await written({ mailboxId: desk.mailboxId })).text);
    expect(names).toHaveLength(23);
    expect(row).toHaveLength(23);
  });

  test.each([499, 500, 501, 1000, 1203])('has every one of %i letters once, last seen first', async (count) => {
    const desk = await openLedgerDesk(it.store);
    const uids = Array.from({ length: count }, (_, index) => index + 1);
    await desk.see(uids);
    const { text, rows } = await written({ mailboxId: desk.mailboxId });
    const [, ...letters] = readCsv(text);
    expect(letters.map((fields) => Number(fields[2]))).toEqual(uids.reverse());
    expect(rows).toBe(count);
  });

  test('has the letters of the filter alone', async () => {
    const desk = await openLedgerDesk(it.store);
    await desk.see([1, 2, 3], { read: [2], judge: 'all' });
    const { text } = await written({ mailboxId: desk.mailboxId, statuses: ['held'] });
    expect(
      readCsv(text)
        .slice(1)
        .map((fields) => fields.slice(2, 6)),
    ).toEqual([['2', '1', 'held', 'read']]);
  });
});
