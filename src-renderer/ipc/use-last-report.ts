import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query';
import type { MailboxId } from '../../src-shared/domain/ids.ts';
import type { LoadReport } from '../../src-shared/domain/loading.ts';

const keyOf = (mailboxId: MailboxId) => ['last report', mailboxId] as const;

/** Reports come as events only; the page keeps the last one of each mailbox for as long as it lives. */
export function keepReport(queries: QueryClient, report: LoadReport): void {
  queries.setQueryDefaults(keyOf(report.mailboxId), { gcTime: Number.POSITIVE_INFINITY });
  queries.setQueryData(keyOf(report.mailboxId), report);
}

/** Null: nothing was loaded since the page was opened. */
export function useLastReport(mailboxId: MailboxId): LoadReport | null {
  const { data } = useQuery<LoadReport>({ queryKey: keyOf(mailboxId), queryFn: skipToken });
  return data ?? null;
}
