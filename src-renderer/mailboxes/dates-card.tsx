import { Text } from '@mantine/core';
import type { Mailbox } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { DateTable } from '../mailbox/date-table.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';

/** What of this mailbox ends on a day. */
export function DatesCard({ mailbox }: { readonly mailbox: Mailbox }) {
  const t = useText();
  const dates = useQuery('dates.list', undefined, { alwaysFresh: true });
  const own = dates.data?.filter(({ mailboxId }) => mailboxId === mailbox.id);
  return (
    <Card title={t('dates.title')}>
      {dates.error && (
        <ErrorNotice error={dates.error} action={{ label: t('action.retry'), run: () => void dates.refetch() }} />
      )}
      {dates.isPending && <RowSkeletons rows={2} height={40} />}
      {own && own.length > 0 && <DateTable things={own} />}
      {own?.length === 0 && (
        <Text fz={13} c="dimmed">
          {t('dates.none')}
        </Text>
      )}
    </Card>
  );
}
