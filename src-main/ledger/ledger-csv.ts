import type { LedgerEntry, LedgerFilter } from '../../src-shared/domain/ledger.ts';
import type { Store } from '../store/store.ts';

const columns = [
  'seen',
  'folder',
  'uid',
  'uidvalidity',
  'status',
  'why',
  'from_name',
  'from_address',
  'subject',
  'message_id',
  'ticket',
  'size',
  'attempts',
  'stored',
  'parsed',
  'ruled',
  'left',
  'left_how',
  'effect',
  'effect_state',
  'effect_target',
  'effect_done',
  'problem',
] as const;

/**
 * Spreadsheets take these for the beginning of a formula, whatever the file's name says (OWASP, CSV injection); some also in their wide forms. Where the system's list
 * separator is a semicolon, as in Russia, a field ends at one inside of it: what follows is a beginning as well.
 */
const formulas = /(^|;)(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20])/g;
const rowsAtATime = 500;

/** A field of RFC 4180, on one line. What a spreadsheet would compute gets an apostrophe before it, which makes it text. */
export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = value.replaceAll(/[\t\r\n]+/g, ' ').replaceAll(formulas, "$1'");
  return /[",;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvRow(entry: LedgerEntry): string {
  const time = (at: number | null) => (at === null ? '' : new Date(at).toISOString());
  const { effect } = entry;
  const fields: Readonly<Record<(typeof columns)[number], string | number | null>> = {
    seen: time(entry.seenAt),
    folder: entry.folderPath,
    uid: entry.uid,
    uidvalidity: entry.uidValidity,
    status: entry.status,
    why: entry.why,
    from_name: entry.from?.name ?? '',
    from_address: entry.from?.address ?? '',
    subject: entry.subject,
    message_id: entry.messageIdHeader,
    ticket: entry.ticketId,
    size: entry.size,
    attempts: entry.attempts,
    stored: time(entry.storedAt),
    parsed: time(entry.parsedAt),
    ruled: time(entry.ruledAt),
    left: time(entry.leftAt),
    left_how: entry.leftHow,
    effect: effect?.kind ?? '',
    effect_state: effect?.state ?? '',
    effect_target: effect?.target ?? '',
    effect_done: time(effect?.doneAt ?? null),
    problem: entry.problem?.code ?? '',
  };
  return `${columns.map((column) => csvField(fields[column])).join(',')}\r\n`;
}

/** The rows of a filter as CSV, in pieces; the byte-order mark tells Excel that it is UTF-8. `onRows`: how many are in the piece. */
export async function* ledgerCsv(
  store: Pick<Store, 'call'>,
  filter: LedgerFilter,
  onRows: (rows: number) => void,
): AsyncGenerator<string> {
  yield `\uFEFF${columns.join(',')}\r\n`;
  let before: LedgerEntry['id'] | null = null;
  for (;;) {
    const entries: readonly LedgerEntry[] = await store.call('ledger.list', { filter, before, limit: rowsAtATime });
    if (entries.length > 0) yield entries.map(csvRow).join('');
    onRows(entries.length);
    before = entries.at(-1)?.id ?? null;
    if (entries.length < rowsAtATime) return;
  }
}
