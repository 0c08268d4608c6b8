import { Switch, Text, TextInput } from '@mantine/core';
import { useText } from '../../i18n/i18n.tsx';
import { FirstLoadFields } from '../loading-fields.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { stepAfter, type Wizard } from './wizard.ts';

/** The essential of loading; the rest has its place on the mailbox's own page. */
export function LoadingStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  return (
    <StepFrame
      title={t('wizard.loading.title')}
      onBack={onBack}
      onNext={() => onChange({ ...wizard, step: stepAfter(wizard) })}
    >
      <FirstLoadFields value={wizard.loading} onChange={(loading) => onChange({ ...wizard, loading })} />
      <Switch
        label={t('loading.collects')}
        description={t('loading.collectsHint')}
        checked={wizard.collectsTickets}
        onChange={({ currentTarget }) => onChange({ ...wizard, collectsTickets: currentTarget.checked })}
      />
      <TextInput
        label={t('wizard.loading.name')}
        value={wizard.name}
        onChange={({ currentTarget }) => onChange({ ...wizard, name: currentTarget.value })}
        maxLength={120}
      />
      <Text fz={12} c="dimmed">
        {t('wizard.loading.more')}
      </Text>
    </StepFrame>
  );
}
