import type { LedgerEntry } from '../../src-shared/domain/ledger.ts';
import type { AppError } from '../../src-shared/errors/errors.ts';
import { useQuery } from '../ipc/use-query.ts';
import type { LedgerScope } from './balances-pane.tsx';
import { isComing } from './effect-words.ts';

/** As many as one call gives, the oldest; the next ones move up as these are done. */
export const effectsShown = 500;

export interface EffectEntries {
  /** The failed first; undefined while they are read. */
  readonly entries: readonly LedgerEntry[] | undefined;
  readonly failed: readonly LedgerEntry[];
  readonly coming: readonly LedgerEntry[];
  /** There are more than are shown. */
  readonly more: boolean;
  readonly error: AppError | null;
  readonly retry: () => void;
}

/** Failed ones are asked for by themselves: behind five hundred to come they would not be seen. */
export function useEffects({ mailboxId, folderId }: LedgerScope, enabled: boolean): EffectEntries {
  const options = { enabled, keepPrevious: true };
  const bad = useQuery('effects.list', { mailboxId, states: ['failed'], limit: effectsShown }, options);
  const due = useQuery('effects.list', { mailboxId, states: ['doing', 'due'], limit: effectsShown }, options);
  const here = (entry: LedgerEntry) =>
    (mailboxId === null || entry.mailboxId === mailboxId) && (folderId === null || entry.folderId === folderId);
  const failed = (bad.data ?? []).filter(here);
  const coming = (due.data ?? []).filter((entry) => here(entry) && entry.effect !== null && isComing(entry.effect));
  return {
    entries: bad.data && due.data ? [...failed, ...coming] : undefined,
    failed,
    coming,
    more: bad.data?.length === effectsShown || due.data?.length === effectsShown,
    error: bad.error ?? due.error,
    retry: () => {
      void bad.refetch();
      void due.refetch();
    },
  };
}
