import { Button, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { Settings } from '../../src-shared/domain/settings.ts';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { Card } from '../ui/card.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';

/** What the days begin at when they are switched on. */
const usualDays = 90;

/** Whether letters leave the quarantine desk by themselves, and when. */
export function QuarantineSettings({ settings }: { readonly settings: Settings }) {
  const t = useText();
  const save = useAction('settings.set', {
    onSuccess: () => void notifications.show({ message: t('settings.saved') }),
  });
  const known = settings.quarantineDays;
  const [days, setDays] = useState(known ?? usualDays);
  useEffect(() => setDays(known ?? usualDays), [known]);
  const set = (quarantineDays: number | null) => save.run({ settings: { ...settings, quarantineDays } });
  return (
    <Card title={t('settings.quarantine')}>
      <Stack gap="lg">
        <Switch
          label={t('settings.quarantineLeaves')}
          description={t('settings.quarantineLeavesHint')}
          checked={known !== null}
          onChange={({ currentTarget }) => set(currentTarget.checked ? usualDays : null)}
        />
        {known !== null && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (days !== known) set(days);
            }}
          >
            <Stack gap="md" maw={400}>
              <NumberInput
                label={t('settings.quarantineDays')}
                value={days}
                onChange={(value) => typeof value === 'number' && setDays(value)}
                min={1}
                max={3650}
                allowDecimal={false}
                clampBehavior="strict"
              />
              <Group>
                <Button type="submit" loading={save.pending} disabled={days === known}>
                  {t('action.save')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
        {save.error && <ErrorNotice error={save.error} />}
      </Stack>
    </Card>
  );
}
