import { Button } from '@mantine/core';
import { useState } from 'react';
import { thresholdOf } from '../../src-shared/domain/dated-thing.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { DateTable } from '../mailbox/date-table.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';

/** The rest is a click away. */
const shownFirst = 8;

/** Of all mailboxes, what ends within the first notice's time or has ended. Where nothing does there is nothing to see. */
export function DatesOverview() {
  const t = useText();
  const dates = useQuery('dates.list', undefined, { alwaysFresh: true });
  const [all, setAll] = useState(false);
  if (dates.error) return <ErrorNotice error={dates.error} />;
  const soon = dates.data?.filter((thing) => thresholdOf(thing) !== null) ?? [];
  if (soon.length === 0) return null;
  return (
    <div style={{ marginTop: 32 }}>
      <Card title={t('dates.overview')}>
        <DateTable things={all ? soon : soon.slice(0, shownFirst)} withMailbox />
        {!all && soon.length > shownFirst && (
          <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
            {t('dates.more')}
          </Button>
        )}
      </Card>
    </div>
  );
}
