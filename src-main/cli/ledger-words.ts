import type { Effect } from '../../src-shared/domain/effect.ts';
import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';

/** Where a letter stands, and why where that is not plain. */
export function statusWords({ status, why, ticketId }: LedgerEntry, translate: Translate): string {
  const short = status === 'held' && (why === 'refused' || why === 'too-large') ? why : status;
  const word = translate(`ledger.status.${short}`, { id: ticketId });
  return why === null ? word : translate('terminal.ledger.because', { word, why: translate(`ledger.why.${why}`) });
}

/** What is done with the letter on the server, and how far it is. */
export function effectWords({ kind, state, target }: Effect, translate: Translate): string {
  return translate(`effect.${kind}.${state}`, { target });
}

/** Who wrote it and about what, as far as it is known: of a letter that was not loaded only its place is. */
export function entryNames(entry: LedgerEntry, translate: Translate): { readonly who: string; readonly what: string } {
  const { from, subject, parsedAt, uid, folderPath } = entry;
  if (parsedAt === null && from === null && subject === '')
    return { who: '', what: translate('ledger.row.unknown', { uid, folder: folderPath }) };
  return {
    who: from?.name || from?.address || translate('ledger.row.noSender'),
    what: subject || translate('ledger.row.noSubject'),
  };
}
