import { Text } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RowSkeletons } from '../ui/skeletons.tsx';
import { AuthoritiesCard } from './authorities-card.tsx';
import { ConsoleHealth } from './console-health.tsx';
import { OldEncryptionCard } from './old-encryption-card.tsx';
import { SettingsForm } from './settings-form.tsx';

export function SettingsScreen() {
  const t = useText();
  const settings = useQuery('settings.get');
  return (
    <Page width="text">
      <PageHeader title={t('settings.title')} />
      {settings.error && <ErrorNotice error={settings.error} />}
      {settings.isPending && <RowSkeletons rows={8} />}
      {settings.data && <SettingsForm settings={settings.data} />}
      <AuthoritiesCard />
      <OldEncryptionCard />
      <ConsoleHealth />
      <Card title={t('settings.about')}>
        <Text fz={13}>{t('settings.aboutText')}</Text>
      </Card>
    </Page>
  );
}
