import type { Handlers } from '../../src-shared/contract/define-contract.ts';
import type { ledgerContract } from '../../src-shared/contract/ledger.ts';
import type { MailboxId, TemplateId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { AccountSession } from '../accounts/accounts.ts';
import type { Events } from '../events/events.ts';
import { writeWhole } from '../files/write-whole.ts';
import type { Store } from '../store/store.ts';
import { countFolders } from './count-folders.ts';
import { ledgerCsv } from './ledger-csv.ts';
import { quarantineHandlers } from './quarantine.ts';

export interface LedgerParts {
  readonly store: Store;
  readonly events: Events;
  readonly session: Pick<AccountSession, 'openIncoming'>;
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  /** One pass over a mailbox. */
  readonly load: (mailboxId: MailboxId, signal: AbortSignal) => Promise<LoadReport>;
  /** Rules on the letters of a mailbox that none has decided. */
  readonly sort: (mailboxId: MailboxId, signal: AbortSignal) => Promise<unknown>;
  /** A sender entry for exactly this address. */
  readonly allow: (address: string, templateId: TemplateId) => Promise<void>;
  readonly now?: () => number;
}

export type LedgerHandlers = Handlers<typeof ledgerContract>;

/** What became of every letter: asked, counted against the server, mended. */
export function createLedger(parts: LedgerParts): LedgerHandlers {
  const { store, events, session } = parts;
  const now = parts.now ?? Date.now;
  const changed = (mailboxId: MailboxId | null) => events.emit('ledger.changed', { mailboxId });

  return {
    ...quarantineHandlers(parts),
    'ledger.list': (page) => store.call('ledger.list', page),
    'ledger.story': (question) => store.call('ledger.story', question),
    'ledger.balances': (question) => store.call('ledger.balances', question),
    'ledger.recount': async ({ mailboxId }, signal) => {
      const connector = await session.openIncoming(mailboxId, signal);
      try {
        return await countFolders(mailboxId, { store, connector, now }, signal);
      } finally {
        await connector.close();
      }
    },
    'ledger.loadMissing': async ({ mailboxId }, signal) => {
      await store.call('ledger.release', { mailboxId, entryId: null });
      const report = await parts.load(mailboxId, signal);
      changed(mailboxId);
      return report;
    },
    'ledger.export': async ({ filter }) => {
      const path = await parts.askWhereToSave('ledger.csv');
      if (path === null) return null;
      let rows = 0;
      await writeWhole(
        path,
        ledgerCsv(store, filter, (more) => {
          rows += more;
        }),
      );
      return { path, rows };
    },

    'effects.list': (question) => store.call('effects.list', question),
    'effects.retry': async ({ effectIds }) => {
      const done = await store.call('effects.retry', { effectIds });
      changed(null);
      return done;
    },
    'effects.cancel': async ({ effectIds }) => {
      const done = await store.call('effects.cancel', { effectIds });
      changed(null);
      return done;
    },
  };
}
