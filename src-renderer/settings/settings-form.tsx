import { Button, Group, Input, NumberInput, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { QuarantineSettings } from './quarantine-settings.tsx';

/** Choices are saved as they are made; what is typed, by Save. */
export function SettingsForm({ settings }: { readonly settings: Settings }) {
  const t = useText();
  const save = useAction('settings.set');
  const set = (part: Partial<Settings>) => save.run({ settings: { ...settings, ...part } });
  return (
    <>
      {save.error && <ErrorNotice error={save.error} />}
      <Card title={t('settings.appearance')}>
        <Stack gap="lg" align="flex-start">
          <Input.Wrapper label={t('language.label')} labelElement="div">
            <SegmentedControl
              display="flex"
              size="xs"
              aria-label={t('language.label')}
              value={settings.language ?? 'system'}
              onChange={(language) => set({ language: language === 'system' ? null : (language as 'en' | 'ru') })}
              data={[
                { value: 'system', label: t('settings.language.system') },
                { value: 'en', label: 'English' },
                { value: 'ru', label: 'Русский' },
              ]}
            />
          </Input.Wrapper>
          <Input.Wrapper label={t('settings.theme')} labelElement="div">
            <SegmentedControl
              display="flex"
              size="xs"
              aria-label={t('settings.theme')}
              value={settings.theme}
              onChange={(theme) => set({ theme: theme as Settings['theme'] })}
              data={(['system', 'light', 'dark'] as const).map((theme) => ({
                value: theme,
                label: t(`settings.theme.${theme}`),
              }))}
            />
          </Input.Wrapper>
        </Stack>
      </Card>
      <Card title={t('settings.work')}>
        <Stack gap="lg">
          <TypedSettings settings={settings} />
          <Switch
            label={t('settings.ticketsFromMail')}
            description={t('settings.ticketsFromMailHint')}
            checked={settings.ticketsFromMail}
            onChange={({ currentTarget }) => set({ ticketsFromMail: currentTarget.checked })}
          />
        </Stack>
      </Card>
      <QuarantineSettings settings={settings} />
    </>
  );
}

function TypedSettings({ settings }: { readonly settings: Settings }) {
  const t = useText();
  const [operatorName, setOperatorName] = useState(settings.operatorName);
  const [pollMinutes, setPollMinutes] = useState(settings.pollMinutes);
  useEffect(() => {
    setOperatorName(settings.operatorName);
    setPollMinutes(settings.pollMinutes);
  }, [settings.operatorName, settings.pollMinutes]);
  const save = useAction('settings.set', {
    onSuccess: () => void notifications.show({ message: t('settings.saved') }),
  });
  const changed = operatorName.trim() !== settings.operatorName || pollMinutes !== settings.pollMinutes;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) save.run({ settings: { ...settings, operatorName: operatorName.trim(), pollMinutes } });
      }}
    >
      <Stack gap="md" maw={400}>
        <TextInput
          label={t('settings.operatorName')}
          description={t('settings.operatorNameHint')}
          value={operatorName}
          onChange={({ currentTarget }) => setOperatorName(currentTarget.value)}
          maxLength={120}
        />
        <NumberInput
          label={t('settings.pollMinutes')}
          value={pollMinutes}
          onChange={(minutes) => typeof minutes === 'number' && setPollMinutes(minutes)}
          min={1}
          max={1440}
          allowDecimal={false}
          clampBehavior="strict"
        />
        {save.error && <ErrorNotice error={save.error} />}
        <Group>
          <Button type="submit" loading={save.pending} disabled={!changed}>
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
