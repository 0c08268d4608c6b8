import { Input, NumberInput, SegmentedControl, Switch } from '@mantine/core';
import { type FirstLoadPeriod, firstLoadPeriodSchema, type LoadingSettings } from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';

export interface LoadingFieldsProps {
  readonly value: LoadingSettings;
  readonly onChange: (value: LoadingSettings) => void;
  readonly collectsTickets: boolean;
  readonly onCollectsTickets: (value: boolean) => void;
}

/** Period of the first load, automatic loading, poll interval, and whether letters become tickets. */
export function LoadingFields({ value, onChange, collectsTickets, onCollectsTickets }: LoadingFieldsProps) {
  const t = useText();
  return (
    <>
      <Input.Wrapper label={t('loading.period')} description={t('loading.periodHint')} labelElement="div">
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('loading.period')}
          value={value.firstLoadPeriod}
          onChange={(period) => onChange({ ...value, firstLoadPeriod: period as FirstLoadPeriod })}
          data={firstLoadPeriodSchema.options.map((one) => ({ value: one, label: t(`period.${one}`) }))}
        />
      </Input.Wrapper>
      <Switch
        label={t('loading.automatic')}
        description={t('loading.automaticHint')}
        checked={value.automatic}
        onChange={({ currentTarget }) => onChange({ ...value, automatic: currentTarget.checked })}
      />
      {value.automatic && (
        <NumberInput
          label={t('loading.poll')}
          value={value.pollMinutes}
          onChange={(minutes) => typeof minutes === 'number' && onChange({ ...value, pollMinutes: minutes })}
          min={1}
          max={1440}
          allowDecimal={false}
          clampBehavior="strict"
          w={200}
        />
      )}
      <Switch
        label={t('loading.collects')}
        description={t('loading.collectsHint')}
        checked={collectsTickets}
        onChange={({ currentTarget }) => onCollectsTickets(currentTarget.checked)}
      />
    </>
  );
}
