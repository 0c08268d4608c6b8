import { useText } from '../i18n/i18n.tsx';
import { useMailboxStates } from '../ipc/use-mailbox-states.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { TodayOverview } from './today-overview.tsx';
import { Welcome } from './welcome.tsx';

/** Is everything working, what needs me, what came in. Without a mailbox: how to begin. */
export function TodayScreen() {
  const t = useText();
  const { states, error, readAgain } = useMailboxStates();
  if (error) {
    return (
      <Page>
        <PageHeader title={t('today.title')} />
        <ErrorNotice error={error} action={{ label: t('action.retry'), run: readAgain }} />
      </Page>
    );
  }
  if (!states) {
    return (
      <Page>
        <PageHeader title={t('today.title')} />
        <RowSkeletons rows={10} />
      </Page>
    );
  }
  return states.length === 0 ? <Welcome /> : <TodayOverview states={states} />;
}
