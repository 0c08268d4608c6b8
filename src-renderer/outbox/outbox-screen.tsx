import { Button, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlugConnectedX, IconSend } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Outgoing, OutgoingState } from '../../src-shared/domain/outgoing.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import classes from './outbox-screen.module.css';
import { OutgoingRow } from './outgoing-row.tsx';

const views = ['all', 'attention', 'waiting', 'done', 'cancelled'] as const;
type View = (typeof views)[number];

const statesOf: Readonly<Record<View, readonly OutgoingState[]>> = {
  all: [],
  attention: ['failed', 'unknown'],
  waiting: ['queued', 'sending'],
  done: ['accepted'],
  cancelled: ['cancelled'],
};

/** What needs a person first, then what waits, then the rest; newest first in each. */
const urgency: readonly OutgoingState[] = ['unknown', 'failed', 'sending', 'queued', 'accepted', 'cancelled'];

export function inOrder(answers: readonly Outgoing[]): readonly Outgoing[] {
  return [...answers].sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state) || b.createdAt - a.createdAt);
}

/** As many as one call gives; older ones are in their tickets. */
const answersShown = 500;

export function OutboxScreen() {
  const t = useText();
  const navigate = useNavigate();
  const [view, setView] = useState<View>('all');
  const answers = useQuery('outbox.list', { states: [...statesOf[view]], limit: answersShown }, { keepPrevious: true });
  const { data: network } = useQuery('console.network');
  const flush = useAction('outbox.flush', {
    onSuccess: (tried) =>
      void notifications.show({
        message: tried.length === 0 ? t('outbox.flushed.none') : t('outbox.flushed', { count: tried.length }),
        color: 'teal',
      }),
  });
  const offline = network?.online === false;
  const goToTickets = () => void navigate({ to: '/tickets' });
  return (
    <Page>
      <PageHeader title={t('outbox.title')}>
        <Button
          leftSection={<IconSend size={16} aria-hidden />}
          loading={flush.pending}
          disabled={offline}
          onClick={() => flush.run()}
        >
          {t('outbox.flush')}
        </Button>
      </PageHeader>
      {offline && (
        <p className={classes.offline} role="status">
          <IconPlugConnectedX size={16} stroke={1.6} aria-hidden /> {t('outbox.offline')}
        </p>
      )}
      <SegmentedControl
        className={classes.views ?? ''}
        value={view}
        onChange={(value) => setView(value as View)}
        data={views.map((value) => ({ value, label: t(`outbox.tab.${value}`) }))}
        aria-label={t('outbox.tabs')}
      />
      {flush.error && <ErrorNotice error={flush.error} />}
      {answers.error && <ErrorNotice error={answers.error} />}
      {!answers.data && !answers.error && <RowSkeletons rows={4} height={72} />}
      {answers.data?.length === 0 &&
        (view === 'all' ? (
          <EmptyState
            icon={IconSend}
            text={t('outbox.empty.text')}
            action={{ label: t('outbox.empty.action'), run: goToTickets }}
          />
        ) : (
          <EmptyState icon={IconSend} text={t('outbox.empty.state')} />
        ))}
      {answers.data && answers.data.length > 0 && (
        <Card flush>
          <ul className={classes.rows} aria-label={t('outbox.list')}>
            {inOrder(answers.data).map((answer) => (
              <OutgoingRow key={answer.id} answer={answer} offline={offline} />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}
