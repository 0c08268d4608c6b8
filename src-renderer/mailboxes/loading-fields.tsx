import { Input, NumberInput, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import {
  type FirstLoadPeriod,
  firstLoadPeriodSchema,
  type IncomingProtocol,
  type LoadingSettings,
  possibleNewMail,
} from '../../src-shared/domain/mailbox.ts';
import { useText } from '../i18n/i18n.tsx';
import { ChoiceList } from '../ui/choice-list.tsx';
import { PollField } from './poll-field.tsx';

export interface LoadingFieldsProps {
  readonly value: LoadingSettings;
  readonly onChange: (value: LoadingSettings) => void;
}

/** How far back the first load goes, and whether new letters come by themselves: all that the wizard asks. */
export function FirstLoadFields({ value, onChange }: LoadingFieldsProps) {
  const t = useText();
  const whole = value.newMail === 'everything';
  return (
    <>
      <Input.Wrapper
        label={t('loading.period')}
        description={t(whole ? 'loading.periodWhole' : 'loading.periodHint')}
        labelElement="div"
      >
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('loading.period')}
          disabled={whole}
          value={whole ? 'all' : value.firstLoadPeriod}
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
    </>
  );
}

/** Everything about loading: what counts as new (D9) first, as the rest follows from it. */
export function LoadingFields({
  protocol,
  value,
  onChange,
}: LoadingFieldsProps & { readonly protocol: IncomingProtocol }) {
  const t = useText();
  return (
    <>
      <ChoiceList
        label={t('loading.newMail')}
        value={value.newMail}
        onChange={(newMail) => onChange({ ...value, newMail })}
        choices={possibleNewMail[protocol].map((one) => ({
          value: one,
          title: t(`loading.newMail.${one}`),
          text: t(`loading.newMail.${one}.text`),
        }))}
      />
      <FirstLoadFields value={value} onChange={onChange} />
      {value.automatic && <PollField value={value} onChange={onChange} />}
      <NumberInput
        label={t('loading.largest')}
        description={t('loading.largestHint')}
        value={value.largestMb}
        onChange={(megabytes) => typeof megabytes === 'number' && onChange({ ...value, largestMb: megabytes })}
        min={1}
        max={200}
        allowDecimal={false}
        clampBehavior="strict"
        styles={{ wrapper: { width: 120 } }}
      />
      <LaneField value={value} onChange={onChange} />
    </>
  );
}

const lanes = [0, 1, 2, 3];

/** R79. */
function LaneField({ value, onChange }: LoadingFieldsProps) {
  const t = useText();
  return (
    <Stack gap={4} align="flex-start">
      <Text component="span" fz={13} fw={500}>
        {t('loading.lane')}
      </Text>
      <Text component="span" fz={12} c="dimmed">
        {t('loading.laneHint')}
      </Text>
      <SegmentedControl
        w={200}
        size="xs"
        aria-label={t('loading.lane')}
        value={String(value.lane)}
        onChange={(lane) => onChange({ ...value, lane: Number(lane) })}
        data={lanes.map(String)}
      />
    </Stack>
  );
}
