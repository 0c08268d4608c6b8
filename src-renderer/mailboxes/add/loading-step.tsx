import { TextInput } from '@mantine/core';
import { useText } from '../../i18n/i18n.tsx';
import { LoadingFields } from '../loading-fields.tsx';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { stepAfter, type Wizard } from './wizard.ts';

export function LoadingStep({ wizard, onChange, onBack }: StepProps<Wizard>) {
  const t = useText();
  const { period, automatic, pollMinutes } = wizard;
  return (
    <StepFrame
      title={t('wizard.loading.title')}
      onBack={onBack}
      onNext={() => onChange({ ...wizard, step: stepAfter(wizard) })}
    >
      <LoadingFields
        value={{ firstLoadPeriod: period, automatic, pollMinutes }}
        onChange={(next) =>
          onChange({
            ...wizard,
            period: next.firstLoadPeriod,
            automatic: next.automatic,
            pollMinutes: next.pollMinutes,
          })
        }
        collectsTickets={wizard.collectsTickets}
        onCollectsTickets={(collectsTickets) => onChange({ ...wizard, collectsTickets })}
      />
      <TextInput
        label={t('wizard.loading.name')}
        value={wizard.name}
        onChange={({ currentTarget }) => onChange({ ...wizard, name: currentTarget.value })}
        maxLength={120}
      />
    </StepFrame>
  );
}
