import { Badge, Switch, Tabs } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import classes from './rules-screen.module.css';
import { SendersTab } from './senders-tab.tsx';
import { TemplatesTab } from './templates-tab.tsx';

/** By which rules letters become tickets: templates, sender entries, and the whole of it on or off. */
export function RulesScreen() {
  const t = useText();
  const templates = useQuery('templates.list');
  const senders = useQuery('senders.list');
  const [tab, setTab] = useState<string | null>('senders');
  const [startsNew, setStartsNew] = useState(false);
  const addTemplate = () => {
    setStartsNew(true);
    setTab('templates');
  };
  const turnTo = (next: string | null) => {
    setStartsNew(false);
    setTab(next);
  };
  return (
    <Page>
      <PageHeader title={t('rules.title')} />
      <Integration />
      <Tabs value={tab} onChange={turnTo} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="senders" rightSection={<Count value={senders.data?.length} />}>
            {t('rules.tab.senders')}
          </Tabs.Tab>
          <Tabs.Tab value="templates" rightSection={<Count value={templates.data?.length} />}>
            {t('rules.tab.templates')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="senders">
          <SendersTab onAddTemplate={addTemplate} />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <TemplatesTab startsNew={startsNew} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Count({ value }: { readonly value: number | undefined }) {
  return value === undefined ? null : (
    <Badge size="sm" variant="default" radius="sm">
      {value}
    </Badge>
  );
}

/** R173: off without losing anything. */
function Integration() {
  const t = useText();
  const settings = useQuery('settings.get');
  const saving = useAction('settings.set');
  const on = settings.data?.ticketsFromMail ?? true;
  return (
    <section className={classes.integration} data-off={!on || undefined}>
      <Switch
        size="md"
        checked={on}
        disabled={!settings.data || saving.pending}
        onChange={(event) => {
          const ticketsFromMail = event.currentTarget.checked;
          if (settings.data) saving.run({ settings: { ...settings.data, ticketsFromMail } });
        }}
        label={t('rules.integration')}
        description={t(on ? 'rules.integration.on' : 'rules.integration.off')}
      />
      {saving.error && <ErrorNotice error={saving.error} />}
    </section>
  );
}
