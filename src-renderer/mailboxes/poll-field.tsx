import { Group, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { defaultSettings } from '../../src-shared/domain/settings.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import type { LoadingFieldsProps } from './loading-fields.tsx';

/** R71, R126: a poll interval of its own, or the console's general one. */
export function PollField({ value, onChange }: LoadingFieldsProps) {
  const t = useText();
  const { data: settings = defaultSettings } = useQuery('settings.get');
  const { pollMinutes } = value;
  const own = pollMinutes !== null;
  return (
    <Stack gap={4} align="flex-start">
      <Text component="span" fz={13} fw={500}>
        {t('loading.poll')}
      </Text>
      <Text component="span" fz={12} c="dimmed">
        {t('loading.pollHint')}
      </Text>
      <Group gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('loading.poll')}
          value={own ? 'own' : 'general'}
          onChange={(which) => onChange({ ...value, pollMinutes: which === 'own' ? settings.pollMinutes : null })}
          data={[
            { value: 'general', label: t('loading.poll.general', { count: settings.pollMinutes }) },
            { value: 'own', label: t('loading.poll.own') },
          ]}
        />
        {own && (
          <NumberInput
            aria-label={t('loading.poll.minutes')}
            suffix={` ${t('loading.poll.unit')}`}
            value={pollMinutes}
            onChange={(minutes) => typeof minutes === 'number' && onChange({ ...value, pollMinutes: minutes })}
            min={1}
            max={1440}
            allowDecimal={false}
            clampBehavior="strict"
            w={120}
          />
        )}
      </Group>
    </Stack>
  );
}
