import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { ledgerRowsContract } from '../api/ledger.ts';
import { listDue, listEffects } from '../queries/effect-list.ts';
import { beginEffects, changeEffects, endEffects } from '../queries/effect-store.ts';
import { noteFailed, releaseRefused } from '../queries/ledger-attempts.ts';
import { compareFolder, listBalances, readStoredUids } from '../queries/ledger-balance.ts';
import { entryOf, listEntries, readStory } from '../queries/ledger-list.ts';
import { seeFolder } from '../queries/ledger-see.ts';
import { listRecords, putRecord, releaseLease, takeLease } from '../queries/mailbox-records.ts';
import {
  countQuarantine,
  dismissQuarantined,
  listQuarantine,
  releaseQuarantine,
  trustSender,
} from '../queries/quarantine-store.ts';
import type { WritableDb } from './connection.ts';
import type { Parsing } from './parsing.ts';

/** Ledger, effects, quarantine, leases and records, over one open database. */
export function ledgerHandlers(db: WritableDb, parsing: Pick<Parsing, 'resume'>): Handlers<typeof ledgerRowsContract> {
  return {
    'ledger.see': (sighting) => seeFolder(db, sighting),
    'ledger.failed': async (failed) => noteFailed(db, failed),
    'ledger.release': async ({ mailboxId, entryId }) => ({ released: releaseRefused(db, mailboxId, entryId) }),
    'ledger.list': async (page) => listEntries(db, page),
    'ledger.story': async ({ entryId }) => readStory(db, entryId),
    'ledger.balances': async ({ mailboxId }) => listBalances(db, mailboxId),
    'ledger.compare': async ({ folderId, ...listing }) => compareFolder(db, folderId, listing),
    'ledger.stored': async ({ folderId, uidValidity }) => readStoredUids(db, folderId, uidValidity),
    'ledger.entryOf': async ({ messageId }) => entryOf(db, messageId),

    'effects.due': async ({ mailboxId, now, limit }) => listDue(db, mailboxId, now, limit),
    'effects.begin': async ({ effectIds }) => ({ effectIds: beginEffects(db, effectIds) }),
    'effects.end': async ({ ends, at }) => endEffects(db, ends, at),
    'effects.list': async (question) => listEffects(db, question),
    'effects.retry': async ({ effectIds }) => ({ changed: changeEffects(db, effectIds, 'due') }),
    'effects.cancel': async ({ effectIds }) => ({ changed: changeEffects(db, effectIds, 'cancelled') }),

    'quarantine.list': async (question) => listQuarantine(db, question),
    'quarantine.counts': async (question) => countQuarantine(db, question),
    'quarantine.release': async ({ messageIds, since }) => {
      const { mailboxIds, letters, toParse } = releaseQuarantine(db, messageIds, since);
      if (toParse) parsing.resume();
      return { mailboxIds, letters };
    },
    'quarantine.dismiss': async ({ messageIds, dismissed }) => ({
      changed: dismissQuarantined(db, messageIds, dismissed),
    }),
    'senders.trust': async ({ address }) => trustSender(db, address),

    'leases.take': async (lease) => ({ by: takeLease(db, lease) }),
    'leases.release': async ({ mailboxId, owner }) => releaseLease(db, mailboxId, owner),
    'records.list': async () => listRecords(db),
    'records.put': async (record) => putRecord(db, record),
  };
}
