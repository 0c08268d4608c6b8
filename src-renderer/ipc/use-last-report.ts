import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';
import type { Instant } from '../../src-shared/domain/time.ts';

export interface KeptReport {
  readonly report: LoadReport;
  /** When the pass ended. */
  readonly at: Instant;
}

const keyOf = (mailboxId: MailboxId) => ['last report', mailboxId] as const;

/** Reports come as events only; the page keeps the last one of each mailbox for as long as it lives. */
export function keepReport(queries: QueryClient, report: LoadReport): void {
  queries.setQueryDefaults(keyOf(report.mailboxId), { gcTime: Number.POSITIVE_INFINITY });
  queries.setQueryData<KeptReport>(keyOf(report.mailboxId), { report, at: Date.now() });
}

/** Null: nothing was loaded since the page was opened. */
export function useLastReport(mailboxId: MailboxId): KeptReport | null {
  const { data } = useQuery<KeptReport>({ queryKey: keyOf(mailboxId), queryFn: skipToken });
  return data ?? null;
}
