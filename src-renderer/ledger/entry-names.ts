import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { Translate } from '../../src-shared/i18n/i18n.ts';

/** Who and about what, as far as it is known: a letter that was not loaded has its place only. */
export function entryNames(entry: LedgerEntry, t: Translate): { readonly who: string; readonly what: string } {
  const { parsedAt, from, subject, uid, folderPath } = entry;
  if (parsedAt === null && from === null && subject === '') {
    return { who: t('ledger.row.unknown', { uid, folder: folderPath }), what: t('ledger.row.notLoaded') };
  }
  return {
    who: from?.name || from?.address || t('ledger.row.noSender'),
    what: subject || t('ledger.row.noSubject'),
  };
}
