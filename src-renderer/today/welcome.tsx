import { Button, SegmentedControl, Title } from '@mantine/core';
import { IconFlask, IconMailPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Language } from '../../src-shared/domain/settings.ts';
import { useLanguage, useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { useQuery } from '../ipc/use-query.ts';
import { Page } from '../ui/page.tsx';
import { StartDemo } from './start-demo.tsx';
import classes from './welcome.module.css';

/** The first run: two ways to begin, side by side. */
export function Welcome() {
  const t = useText();
  const navigate = useNavigate();
  return (
    <Page width="text">
      <div className={classes.welcome}>
        <div className={classes.head}>
          <Title order={1} className={classes.title}>
            {t('welcome.title')}
          </Title>
          <p className={classes.lead}>{t('welcome.lead')}</p>
        </div>
        <div className={classes.choices}>
          <section className={classes.choice}>
            <IconMailPlus size={28} stroke={1.5} className={classes.sign} aria-hidden />
            <Title order={2}>{t('welcome.add.title')}</Title>
            <p>{t('welcome.add.text')}</p>
            <Button onClick={() => void navigate({ to: '/mailboxes/add', search: {} })}>
              {t('welcome.add.title')}
            </Button>
          </section>
          <section className={classes.choice}>
            <IconFlask size={28} stroke={1.5} className={classes.sign} aria-hidden />
            <Title order={2}>{t('welcome.demo.title')}</Title>
            <p>{t('welcome.demo.text')}</p>
            <StartDemo />
          </section>
        </div>
        <LanguageSwitch />
      </div>
    </Page>
  );
}

/** Here as well as in the settings: whoever cannot read the first screen will not look for them. */
function LanguageSwitch() {
  const t = useText();
  const language = useLanguage();
  const { data: settings } = useQuery('settings.get');
  const save = useAction('settings.set');
  if (!settings) return null;
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language.label')}
      value={language}
      onChange={(next) => save.run({ settings: { ...settings, language: next as Language } })}
      data={[
        { value: 'en', label: 'English' },
        { value: 'ru', label: 'Русский' },
      ]}
    />
  );
}
